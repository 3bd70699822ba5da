package io.s3s3.recipe;

import java.time.Duration;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.event.LocationStatusChanged;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/**
 * What the pages on control and on telemetry show.
 */
class HealthRecipe {

	private static final Logger logger = LoggerFactory.getLogger(HealthRecipe.class);

	void control(FailoverControl control) {
		control.status(); // typed and immutable, without secrets
		control.force(LocationRole.SECONDARY, Duration.ofHours(1)); // home for an hour; release() ends it
		control.drain(LocationRole.PRIMARY); // no new calls there, not even as the second; undrain() ends it
		control.failBack(); // start the ramp now
		control.reset(); // forget all failures
		control.probeNow(LocationRole.PRIMARY);
	}

	@EventListener
	void onFailover(RequestFailedOver event) {
		logger.warn("{} went to {}: {}", event.getOperation(), event.getTo(), event.getReason());
	}

	@EventListener
	void onStatus(LocationStatusChanged event) {
		logger.warn("{} is {}: {}", event.getLocation(), event.getTo(), event.getReason());
	}

	@Bean
	LocationClientCustomizer caller() {
		return (location, builder) -> builder.overrideConfiguration(
				builder.overrideConfiguration().toBuilder().putHeader("x-caller", "orders").build());
	}

}
