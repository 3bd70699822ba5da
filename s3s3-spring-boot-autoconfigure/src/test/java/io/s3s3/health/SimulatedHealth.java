package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;

/**
 * A director for simulations whose calls are real ones: they tell by
 * {@link System#nanoTime()} when they began, while hold-downs and ramps pass when they
 * are told to. Not thread-safe.
 */
public final class SimulatedHealth {

	/**
	 * How far the time of the director is behind that of the calls, so that none of them
	 * began before the state that it is reported to.
	 */
	private static final Duration BEHIND = Duration.ofDays(30);

	private final PassingTime time = new PassingTime();

	private final TrafficDirector director;

	/**
	 * Create a director.
	 * @param settings what it goes by
	 * @param random its source of chance
	 */
	public SimulatedHealth(HealthSettings settings, Random random) {
		this.director = new TrafficDirector(settings, List.of(), this.time, random::nextDouble);
		this.director.update((pair, now) -> pair.probing(true));
	}

	public TrafficDirector director() {
		return this.director;
	}

	/**
	 * Create what an operator steers the director with.
	 * @param locations the locations
	 * @return the control
	 */
	public FailoverControl control(LocationPair locations) {
		return new DefaultFailoverControl(this.director, locations, (location) -> ProbeResult.DENIED);
	}

	/**
	 * Let time pass.
	 * @param duration how much of it
	 */
	public void pass(Duration duration) {
		this.time.nanos += duration.toNanos();
		this.director.route();
	}

	/**
	 * Probe a location if the scheduler would.
	 * @param location the role of the location
	 * @param well whether it answers
	 */
	public void probe(LocationRole location, boolean well) {
		if (this.director.needsProbe(location)) {
			ProbeReport report = new ProbeReport(location, well ? ProbeResult.SUCCESS : ProbeResult.FAILURE, null,
					Duration.ZERO, this.time.instant());
			this.director.update((pair, now) -> pair.probed(report, System.nanoTime(), now));
		}
	}

	/**
	 * Time that passes when it is told to.
	 */
	private static final class PassingTime implements Ticker {

		private long nanos = System.nanoTime() - BEHIND.toNanos();

		@Override
		public long nanoTime() {
			return this.nanos;
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH.plusNanos(this.nanos);
		}

	}

}
