package io.s3s3.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;

/**
 * Binds the meters of the status of the locations. Thread-safe.
 */
final class LocationStatusMetrics implements MeterBinder {

	private final FailoverControl control;

	LocationStatusMetrics(FailoverControl control) {
		this.control = control;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (LocationRole location : LocationRole.values()) {
			for (LocationStatus status : LocationStatus.values()) {
				Gauge.builder(LocationMetrics.STATUS, this.control, (control) -> has(control, location, status))
					.description("Whether a location has a status: 1 or 0")
					.tag("location", location.tag())
					.tag("status", status.tag())
					.register(registry);
			}
			Gauge
				.builder(LocationMetrics.UNCONFIRMED, this.control,
						(control) -> control.status().get(location).unconfirmedWrites())
				.description("Keys whose last write only this location is known to have")
				.baseUnit("keys")
				.tag("location", location.tag())
				.register(registry);
		}
		bindHedges(registry);
		Gauge.builder(LocationMetrics.HELD, this.control, (control) -> control.status().heldKeys())
			.description("Keys whose calls stay away from home until their last write is there")
			.baseUnit("keys")
			.register(registry);
		FunctionCounter.builder(LocationMetrics.AWAY, this.control, LocationStatusMetrics::secondsAway)
			.description("Time that calls went elsewhere than home first")
			.baseUnit("seconds")
			.register(registry);
	}

	private void bindHedges(MeterRegistry registry) {
		for (LocationRole location : LocationRole.values()) {
			TimeGauge
				.builder(LocationMetrics.HEDGE_DELAY, this.control, TimeUnit.NANOSECONDS,
						(control) -> hedgeDelay(control, location))
				.description("Time that the answer to a GET is waited for before a second request; none if not hedged")
				.tag("location", location.tag())
				.register(registry);
		}
	}

	private static double hedgeDelay(FailoverControl control, LocationRole location) {
		Duration delay = control.status().get(location).hedgeDelay();
		return (delay != null) ? delay.toNanos() : Double.NaN;
	}

	private static double has(FailoverControl control, LocationRole location, LocationStatus status) {
		return (control.status().get(location).status() == status) ? 1 : 0;
	}

	private static double secondsAway(FailoverControl control) {
		return control.status().awayFromHome().toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
	}

}
