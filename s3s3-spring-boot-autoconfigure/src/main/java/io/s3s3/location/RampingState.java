package io.s3s3.location;

import java.util.List;

/**
 * The calls of home come back, more of them with each step. A step that ends without the
 * circuit opening, nor the probes failing, went well.
 */
final class RampingState extends LocationState {

	private final Circuit circuit;

	private final Evidence evidence;

	private final int relapses;

	private final int step;

	private final Moment stepUntil;

	private RampingState(HealthRules rules, Moment since, StatusReason reason, Circuit circuit, Evidence evidence,
			int relapses, int step, Moment stepUntil) {
		super(rules, since, reason);
		this.circuit = circuit;
		this.evidence = evidence;
		this.relapses = relapses;
		this.step = step;
		this.stepUntil = stepUntil;
	}

	static RampingState start(LocationState before, Circuit circuit, StatusReason reason, Moment now) {
		HealthRules rules = before.rules();
		return new RampingState(rules, now, reason, circuit, rules.noEvidence(), before.relapses(), 0,
				now.plus(rules.rampStep()));
	}

	@Override
	LocationStatus status() {
		return LocationStatus.RAMPING;
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
	int rampPercent() {
		List<Integer> ramp = rules().failback().ramp();
		return (this.step < ramp.size()) ? ramp.get(this.step) : 100;
	}

	@Override
	Moment deadline() {
		return this.stepUntil;
	}

	@Override
	LocationState circuitOpened(StatusReason reason, Moment now) {
		return OutState.of(this, this.relapses + 1, reason, now);
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
		int steps = rules().failback().ramp().size();
		if (this.step >= steps || (isPast(this.stepUntil, now) && this.step == steps - 1)) {
			return UpState.after(this, StatusReason.RAMP_COMPLETED, this.circuit, now);
		}
		return isPast(this.stepUntil, now) ? nextStep(now) : this;
	}

	private RampingState nextStep(Moment now) {
		return new RampingState(rules(), since(), reason(), this.circuit, this.evidence, this.relapses, this.step + 1,
				now.plus(rules().rampStep()));
	}

}
