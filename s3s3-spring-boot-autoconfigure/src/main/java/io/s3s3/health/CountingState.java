package io.s3s3.health;

import org.jspecify.annotations.Nullable;

/**
 * The location gets calls, or is about to: a circuit counts them, and probes are held
 * against it too.
 */
abstract sealed class CountingState extends LocationState permits RampingState, RecoveredState, UpState {

	private final Circuit circuit;

	private final OutcomeWindow evidence;

	CountingState(Entered entered, Circuit circuit, OutcomeWindow evidence) {
		super(entered);
		this.circuit = circuit;
		this.evidence = evidence;
	}

	@Override
	final Circuit circuit() {
		return this.circuit;
	}

	@Override
	final LocationSnapshot.CircuitMetrics figures() {
		return this.circuit.figures();
	}

	final OutcomeWindow evidence() {
		return this.evidence;
	}

	// A probe that hung until after younger calls succeeded says nothing new.
	@Override
	LocationState probed(ProbeResult result, long started, Timestamp now) {
		if (!this.circuit.concerns(started)) {
			return this;
		}
		if (result == ProbeResult.SUCCESS) {
			this.evidence.addGood(started);
		}
		else if (result == ProbeResult.FAILURE && !this.circuit.isOutdated(started)) {
			this.evidence.addBad(started, null);
		}
		return this.evidence.isBad() ? circuitOpened(StatusReason.PROBES_FAILED, now) : this;
	}

	// Up at once where there is nothing to come back to, or nowhere to wait; else null.
	final @Nullable UpState withoutWaiting(PairContext around, Timestamp now) {
		if (!around.home()) {
			return UpState.after(this, StatusReason.NOT_HOME, now);
		}
		return around.otherWell() ? null : UpState.after(this, StatusReason.OTHER_LOCATION_OUT, now);
	}

}
