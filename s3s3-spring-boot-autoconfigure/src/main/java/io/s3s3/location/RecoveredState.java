package io.s3s3.location;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The location is well again. If it is home, its calls wait until the hold-down is over;
 * if it is not, or if the other location is out, there is nothing to wait for.
 */
final class RecoveredState extends LocationState {

	private final Moment holdDownUntil;

	private final Circuit circuit;

	private final Evidence evidence;

	private final int relapses;

	RecoveredState(LocationState outage, StatusReason reason, Moment holdDownUntil, Moment now) {
		super(outage.rules(), now, reason);
		this.holdDownUntil = holdDownUntil;
		this.circuit = outage.rules().circuitOnTrial();
		this.evidence = outage.rules().noEvidence();
		this.relapses = outage.relapses();
	}

	@Override
	LocationStatus status() {
		return LocationStatus.RECOVERED;
	}

	@Override
	int relapses() {
		return this.relapses;
	}

	@Override
	Circuit circuit() {
		return this.circuit;
	}

	@Override
	CircuitFigures figures() {
		return this.circuit.figures();
	}

	@Override
	Instant holdDownEnd() {
		return this.holdDownUntil.instant();
	}

	@Override
	@Nullable Moment deadline() {
		return isAutomatic() ? this.holdDownUntil : null;
	}

	// No calls came back yet, so that this is no relapse.
	@Override
	LocationState circuitOpened(StatusReason reason, Moment now) {
		return OutState.of(this, this.relapses, reason, now);
	}

	@Override
	LocationState probed(ProbeResult result, Moment now) {
		if (result != ProbeResult.DENIED) {
			this.evidence.add(result == ProbeResult.SUCCESS, now.nanos());
		}
		return this.evidence.isBad() ? circuitOpened(StatusReason.PROBES_FAILED, now) : this;
	}

	@Override
	LocationState settle(Surroundings around, Moment now) {
		if (!around.home()) {
			return UpState.after(this, StatusReason.NOT_HOME, this.circuit, now);
		}
		if (!around.otherWell()) {
			return UpState.after(this, StatusReason.OTHER_LOCATION_OUT, this.circuit, now);
		}
		return (isAutomatic() && isPast(this.holdDownUntil, now))
				? RampingState.start(this, this.circuit, StatusReason.HOLD_DOWN_OVER, now) : this;
	}

	private boolean isAutomatic() {
		return rules().failback().policy() == FailbackPolicy.AUTOMATIC;
	}

}
