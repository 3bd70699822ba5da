package io.s3s3.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.s3s3.health.LocationListener;
import io.s3s3.health.ProbeReport;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.SwitchReason;
import io.s3s3.health.TrafficSwitch;

import org.springframework.util.Assert;

/**
 * Counts what becomes of the locations as a whole.
 * <ul>
 * <li>{@value #SWITCHES}: a counter of moves of traffic, with the tags {@code from},
 * {@code to} and {@code reason} (the {@link SwitchReason})</li>
 * <li>{@value #PROBES}: a timer of probes, with the tags {@code location} and
 * {@code result} (the {@link ProbeResult})</li>
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

	private final MeterRegistry registry;

	/**
	 * Create metrics.
	 * @param registry where the meters go
	 */
	public LocationMetrics(MeterRegistry registry) {
		Assert.notNull(registry, "registry is required");
		this.registry = registry;
	}

	@Override
	public void onTrafficSwitched(TrafficSwitch trafficSwitch) {
		Counter.builder(SWITCHES)
			.description("Moves of traffic as a whole to the other location")
			.baseUnit("switches")
			.tag("from", trafficSwitch.from().tag())
			.tag("to", trafficSwitch.to().tag())
			.tag("reason", trafficSwitch.reason().tag())
			.register(this.registry)
			.increment();
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
