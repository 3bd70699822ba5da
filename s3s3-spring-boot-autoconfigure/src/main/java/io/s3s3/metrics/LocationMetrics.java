package io.s3s3.metrics;

import java.time.Duration;

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
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.metrics.MetricPublisher;

import org.springframework.util.Assert;

/**
 * Counts switches between the locations, and times probes and replication.
 * <ul>
 * <li>{@value #SWITCHES}: a counter of moves of traffic, with the tags {@code from},
 * {@code to} and {@code reason} (the {@link SwitchReason})</li>
 * <li>{@value #PROBES}: a timer of probes, with the tags {@code location} and
 * {@code result} (the {@link ProbeResult})</li>
 * <li>{@value #STATUS}: a gauge that is 1 for the current status of a location and 0 for
 * the others, with the tags {@code location} and {@code status} (the
 * {@link LocationStatus})</li>
 * <li>{@value #AWAY}: a counter of the time during which calls did not go home first</li>
 * <li>{@value #UNCONFIRMED}: a gauge of keys whose last write only one location is known
 * to have, with the tag {@code location}</li>
 * <li>{@value #HELD}: a gauge of keys whose calls stay away from home because of
 * that</li>
 * <li>{@value #HEDGE_DELAY}: a gauge of the wait for an answer before there is a second
 * request, with the tag {@code location}</li>
 * <li>{@value #LAG}: a timer of the time from the acknowledgement of a write until a
 * location that was asked for it was found to have it, with the tag {@code location}</li>
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

	/**
	 * The name of the gauge of writes that only one location is known to have: {@value}.
	 */
	public static final String UNCONFIRMED = "s3s3.writes.unconfirmed";

	/**
	 * The name of the gauge of keys whose calls stay away from home: {@value}.
	 */
	public static final String HELD = "s3s3.failback.held";

	/**
	 * The name of the gauge of the wait before a second request: {@value}.
	 */
	public static final String HEDGE_DELAY = "s3s3.hedge.delay";

	/**
	 * The name of the timer of replication: {@value}.
	 */
	public static final String LAG = "s3s3.replication.lag";

	private final MeterRegistry registry;

	/**
	 * Create metrics.
	 * @param registry the registry of the meters
	 */
	public LocationMetrics(MeterRegistry registry) {
		Assert.notNull(registry, "registry is required");
		this.registry = registry;
	}

	/**
	 * Create the meters of states, rather than of events: {@value #STATUS},
	 * {@value #AWAY}, {@value #UNCONFIRMED}, {@value #HELD} and {@value #HEDGE_DELAY}.
	 * @param control knows the status of the locations
	 * @return the binder of the meters
	 */
	public static MeterBinder ofStatus(FailoverControl control) {
		Assert.notNull(control, "control is required");
		return new LocationStatusMetrics(control);
	}

	/**
	 * Create a publisher that turns some of the metrics that the AWS SDK collects for the
	 * client of a location into meters, all of them with the tag {@code location}.
	 * @param location the location of the client
	 * @param registry the registry of the meters
	 * @return the publisher to configure the client with
	 */
	public static MetricPublisher ofSdk(LocationRole location, MeterRegistry registry) {
		Assert.notNull(location, "location is required");
		Assert.notNull(registry, "registry is required");
		return new SdkMetricsPublisher(location, registry);
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

	@Override
	public void onReplicated(LocationRole to, Duration lag) {
		Timer.builder(LAG)
			.description("Time from the acknowledgement of a write until another location was found to have it")
			.tag("location", to.tag())
			.register(this.registry)
			.record(lag);
	}

}
