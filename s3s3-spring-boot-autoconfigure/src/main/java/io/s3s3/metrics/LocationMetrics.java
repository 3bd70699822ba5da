package io.s3s3.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationEvent;
import io.s3s3.health.LocationListener;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.ProbeReport;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.SwitchReason;
import io.s3s3.health.TrafficSwitched;

import org.springframework.util.Assert;

/**
 * Counts what becomes of the locations as a whole.
 * <ul>
 * <li>{@value #SWITCHES}: a counter of moves of traffic, with the tags {@code from},
 * {@code to} and {@code reason} (the {@link SwitchReason})</li>
 * <li>{@value #PROBES}: a timer of probes, with the tags {@code location} and
 * {@code result} (the {@link ProbeResult})</li>
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
public final class LocationMetrics implements LocationListener {

	/**
	 * The name of the counter of moves of traffic: {@value}.
	 */
	public static final String SWITCHES = "s3s3.switches";

	/**
	 * The name of the timer of probes: {@value}.
	 */
	public static final String PROBES = "s3s3.probes";

	/**
	 * The name of the gauge of the status: {@value}.
	 */
	public static final String STATUS = "s3s3.location.status";

	/**
	 * The name of the counter of the time away from home: {@value}.
	 */
	public static final String AWAY = "s3s3.away.from.home";

	private final MeterRegistry registry;

	/**
	 * Create metrics.
	 * @param registry where the meters go
	 */
	public LocationMetrics(MeterRegistry registry) {
		Assert.notNull(registry, "registry is required");
		this.registry = registry;
	}

	/**
	 * Create the meters of what is so, rather than of what happens: {@value #STATUS} and
	 * {@value #AWAY}.
	 * @param control what knows how well the locations are
	 * @return what binds the meters
	 */
	public static MeterBinder ofStatus(FailoverControl control) {
		Assert.notNull(control, "control is required");
		return new LocationStatusMetrics(control);
	}

	@Override
	public void onLocationEvent(LocationEvent event) {
		if (event instanceof TrafficSwitched move) {
			Counter.builder(SWITCHES)
				.description("Moves of traffic as a whole to the other location")
				.baseUnit("switches")
				.tag("from", move.getFrom().tag())
				.tag("to", move.getTo().tag())
				.tag("reason", move.getReason().tag())
				.register(this.registry)
				.increment();
		}
	}

	@Override
	public void onProbed(ProbeReport report) {
		Timer.builder(PROBES)
			.description("Probes of a location")
			.tag("location", report.location().tag())
			.tag("result", report.result().tag())
			.register(this.registry)
			.record(report.duration());
	}

}
