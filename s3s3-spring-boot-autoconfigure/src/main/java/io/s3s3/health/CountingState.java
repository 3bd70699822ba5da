package io.s3s3.health;

import org.jspecify.annotations.Nullable;

/**
 * The location gets calls, or is about to: a circuit counts them, and failed probes count
 * against it too.
 */
abstract sealed class CountingState extends LocationState permits RampingState, RecoveredState, UpState {

	private final Circuit circuit;

	private final OutcomeWindow evidence;

	private final OutcomeWindow speed = new OutcomeWindow(2, 3);

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
	final CircuitFigures figures() {
		return this.circuit.figures();
	}

	final OutcomeWindow evidence() {
		return this.evidence;
	}

	// A probe that hung until younger calls had succeeded says nothing new.
	@Override
	LocationState probed(ProbeResult result, boolean slow, long started, Timestamp now) {
		if (!this.circuit.concerns(started)) {
			return this;
		}
		if (result == ProbeResult.SUCCESS) {
			this.evidence.addGood(started);
			noteSpeed(slow, started);
		}
		else if (result == ProbeResult.FAILURE && !this.circuit.isOutdated(started)) {
			this.evidence.addBad(started, null);
		}
		if (this.speed.isBad()) {
			return circuitOpened(StatusReason.SLOWED_DOWN, now);
		}
		return this.evidence.isBad() ? circuitOpened(StatusReason.PROBES_FAILED, now) : this;
	}

	private void noteSpeed(boolean slow, long started) {
		if (slow) {
			this.speed.addBad(started, null);
		}
		else {
			this.speed.addGood(started);
		}
	}

	// Up at once if there is nothing to come back to, or nowhere to wait; otherwise null.
	final @Nullable UpState withoutWaiting(PairContext around, Timestamp now) {
		if (!around.home()) {
			return UpState.after(this, StatusReason.NOT_HOME, now);
		}
		return around.otherWell() ? null : UpState.after(this, StatusReason.OTHER_LOCATION_OUT, now);
	}

}
