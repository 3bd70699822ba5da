package io.s3s3.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;

import org.springframework.util.Assert;

/**
 * Shows how well the locations are.
 * <ul>
 * <li>{@value #STATUS}: a gauge that is 1 for the status that a location has and 0 for
 * the others, with the tags {@code location} and {@code status} (the
 * {@link LocationStatus})</li>
 * <li>{@value #AWAY}: a counter of the time that calls went elsewhere than home
 * first</li>
 * </ul>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class LocationStatusMetrics implements MeterBinder {

	/**
	 * The name of the gauge of the status: {@value}.
	 */
	public static final String STATUS = "s3s3.location.status";

	/**
	 * The name of the counter of the time away from home: {@value}.
	 */
	public static final String AWAY = "s3s3.away.from.home";

	private final FailoverControl control;

	/**
	 * Create metrics.
	 * @param control what knows how well the locations are
	 */
	public LocationStatusMetrics(FailoverControl control) {
		Assert.notNull(control, "control is required");
		this.control = control;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (LocationRole location : LocationRole.values()) {
			for (LocationStatus status : LocationStatus.values()) {
				Gauge.builder(STATUS, this.control, (control) -> has(control, location, status))
					.description("Whether a location has a status: 1 or 0")
					.tag("location", location.tag())
					.tag("status", status.tag())
					.register(registry);
			}
		}
		FunctionCounter.builder(AWAY, this.control, LocationStatusMetrics::secondsAway)
			.description("Time that calls went elsewhere than home first")
			.baseUnit("seconds")
			.register(registry);
	}

	private static double has(FailoverControl control, LocationRole location, LocationStatus status) {
		return (control.status().get(location).status() == status) ? 1 : 0;
	}

	private static double secondsAway(FailoverControl control) {
		return control.status().awayFromHome().toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
	}

}
