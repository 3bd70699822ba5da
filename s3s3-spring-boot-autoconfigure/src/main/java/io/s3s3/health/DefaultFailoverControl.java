package io.s3s3.health;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;

import org.springframework.util.Assert;

/**
 * Controls a {@link TrafficDirector}. Thread-safe.
 */
final class DefaultFailoverControl implements FailoverControl {

	private final TrafficDirector director;

	private final Prober prober;

	/**
	 * Create a control.
	 * @param director the director to control
	 * @param locations the locations to probe
	 * @param probe how to probe them
	 */
	DefaultFailoverControl(TrafficDirector director, LocationPair locations, HealthProbe probe) {
		this.director = director;
		this.prober = new Prober(locations, probe, director);
	}

	@Override
	public FailoverStatus status() {
		return this.director.status();
	}

	@Override
	public void force(LocationRole location) {
		Assert.notNull(location, "location is required");
		order((pair, now) -> pair.force(Forced.of(location, null, now)));
	}

	@Override
	public void force(LocationRole location, Duration duration) {
		Assert.notNull(location, "location is required");
		Assert.isTrue(duration.compareTo(Duration.ZERO) > 0,
				() -> "The duration of a forced route must be more than zero, not " + duration);
		order((pair, now) -> pair.force(Forced.of(location, duration, now)));
	}

	@Override
	public void release() {
		order((pair, now) -> pair.force(null));
	}

	@Override
	public void failBack() {
		order(PairState::failBack);
		this.director.release();
	}

	@Override
	public void reset() {
		order(PairState::reset);
		this.director.release();
	}

	@Override
	public void drain(LocationRole location) {
		Assert.notNull(location, "location is required");
		order((pair, now) -> pair.drain(location, now));
	}

	@Override
	public void undrain(LocationRole location) {
		Assert.notNull(location, "location is required");
		order((pair, now) -> pair.undrain(location, now));
	}

	/**
	 * Change the state, unless the director would ignore it.
	 */
	private void order(BiConsumer<PairState, Timestamp> change) {
		Assert.state(this.director.isRunning(),
				"Calls are not directed any more: the application context is closed, or stopped");
		this.director.update(change);
	}

	@Override
	public ProbeReport probeNow(LocationRole location) {
		Assert.notNull(location, "location is required");
		return this.prober.probe(location);
	}

}
