package io.s3s3.health;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a location is at a time, and what follows from what is seen of it. Each method
 * that takes notice of something returns the state to be in from then on, which is this
 * one if nothing follows. Guarded by the lock of the {@link TrafficDirector}; only what
 * never changes may be read without it: status, circuit and figures.
 */
abstract sealed class LocationState permits CountingState, DrainedState, OutState {

	private final HealthRules rules;

	private final Timestamp since;

	private final StatusReason reason;

	private final int relapses;

	LocationState(HealthRules rules, Timestamp since, StatusReason reason, int relapses) {
		this.rules = rules;
		this.since = since;
		this.reason = reason;
		this.relapses = relapses;
	}

	abstract LocationStatus status();

	// How often the location went out again without calm in between, -1 if not even once.
	final int relapses() {
		return this.relapses;
	}

	abstract CircuitMetrics figures();

	// What counts the attempts, null if they are only evidence.
	@Nullable Circuit circuit() {
		return null;
	}

	// Which part of the calls that home is due comes back, in percent.
	int rampPercent() {
		return 0;
	}

	// When calls may come back at the earliest, null if nothing holds them down.
	@Nullable Instant holdDownEnd() {
		return null;
	}

	// When the passing of time may change something.
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

	LocationState probed(ProbeResult result, long started, Timestamp now) {
		return this;
	}

	LocationState settle(PairContext around, Timestamp now) {
		return this;
	}

	final HealthRules rules() {
		return this.rules;
	}

	final Timestamp since() {
		return this.since;
	}

	final StatusReason reason() {
		return this.reason;
	}

	final boolean isPast(Timestamp moment, Timestamp now) {
		return !now.isBefore(moment);
	}

}
