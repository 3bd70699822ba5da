package io.s3s3.recipe;

import java.time.Duration;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.WriteBuried;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.FailoverStatus;
import io.s3s3.health.LocationStatusChanged;
import io.s3s3.health.ProbeReport;
import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/**
 * What the pages on control, on telemetry and on own writes show.
 */
class HealthRecipe {

	private static final Logger logger = LoggerFactory.getLogger(HealthRecipe.class);

	void control(FailoverControl control) {
		FailoverStatus status = control.status();

		control.force(LocationRole.SECONDARY, Duration.ofHours(1));
		control.release();

		control.drain(LocationRole.PRIMARY);
		control.undrain(LocationRole.PRIMARY);

		control.failBack();
		control.reset();
		ProbeReport report = control.probeNow(LocationRole.PRIMARY);
		logger.info("{}, {}", status, report);
	}

	@EventListener
	void onFailover(RequestFailedOver event) {
		logger.warn("{} went to {}: {}", event.getOperation(), event.getTo(), event.getReason());
	}

	@EventListener
	void onStatus(LocationStatusChanged event) {
		logger.warn("{} is {}: {}", event.getLocation(), event.getTo(), event.getReason());
	}

	@EventListener
	void repair(WriteBuried event) {
		event.getRequest().getValueForField("Key", String.class).ifPresent(this::writeAgain);
	}

	private void writeAgain(String key) {
		logger.warn("An older write has replaced the last one of {}", key);
	}

	@Bean
	LocationClientCustomizer caller() {
		return (location, builder) -> builder
			.overrideConfiguration(builder.overrideConfiguration().toBuilder().putHeader("x-caller", "orders").build());
	}

}
