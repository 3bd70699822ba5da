package io.s3s3.health;

import java.time.Instant;

import io.s3s3.internal.health.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * The state of a location, and how observations change it. Each method that takes an
 * observation returns the next state, which is this one if nothing changes. Guarded by
 * the lock of the {@link TrafficDirector}; only what never changes may be read without
 * it: status, circuit and figures.
 */
abstract sealed class LocationState permits CountingState, DrainedState, OutState {

	private final Entered entered;

	LocationState(Entered entered) {
		this.entered = entered;
	}

	abstract LocationStatus status();

	final Entered entered() {
		return this.entered;
	}

	final int relapses() {
		return this.entered.relapses();
	}

	abstract CircuitFigures figures();

	// What counts the attempts, or null if they are only evidence.
	@Nullable Circuit circuit() {
		return null;
	}

	/**
	 * Return the percentage of the calls due to home that go there.
	 */
	int rampPercent() {
		return 0;
	}

	// When calls may return at the earliest, or null if no hold-down applies.
	@Nullable Instant holdDownEnd() {
		return null;
	}

	// When the passage of time alone may change the state.
	@Nullable Timestamp deadline() {
		return null;
	}

	boolean needsProbe(boolean home) {
		return true;
	}

	LocationState circuitOpened(StatusReason reason, Timestamp now) {
		return this;
	}

	LocationState attempted(boolean good, Attempt attempt, Timestamp now) {
		return this;
	}

	/**
	 * Take the result of a probe into account.
	 * @param result what it found
	 * @param slow whether it succeeded, but shows that the location has slowed down
	 * @param started when it began, by nanoTime
	 * @param now the time
	 */
	LocationState probed(ProbeResult result, boolean slow, long started, Timestamp now) {
		return this;
	}

	LocationState settle(PairContext around, Timestamp now) {
		return this;
	}

	final HealthRules rules() {
		return this.entered.rules();
	}

	final Timestamp since() {
		return this.entered.since();
	}

	final StatusReason reason() {
		return this.entered.reason();
	}

	final boolean isPast(Timestamp moment, Timestamp now) {
		return !now.isBefore(moment);
	}

}
