package io.s3s3.health;

import java.util.List;

/**
 * Calls return home, more of them with each step. A step goes well if neither the circuit
 * opens nor probes fail before it ends.
 */
final class RampingState extends CountingState {

	private final int step;

	private final Timestamp stepUntil;

	private RampingState(Entered entered, Circuit circuit, OutcomeWindow evidence, int step, Timestamp stepUntil) {
		super(entered, circuit, evidence);
		this.step = step;
		this.stepUntil = stepUntil;
	}

	static RampingState start(LocationState before, Circuit circuit, StatusReason reason, Timestamp now) {
		HealthRules rules = before.rules();
		return new RampingState(new Entered(rules, now, reason, before.relapses()), circuit, rules.noEvidence(), 0,
				now.plus(rules.rampStep()));
	}

	@Override
	LocationStatus status() {
		return LocationStatus.RAMPING;
	}

	@Override
	int rampPercent() {
		List<Integer> ramp = rules().failback().ramp();
		return (this.step < ramp.size()) ? ramp.get(this.step) : 100;
	}

	@Override
	Timestamp deadline() {
		return this.stepUntil;
	}

	@Override
	LocationState circuitOpened(StatusReason reason, Timestamp now) {
		return OutState.of(this, relapses() + 1, reason, now);
	}

	@Override
	LocationState settle(PairContext around, Timestamp now) {
		UpState up = withoutWaiting(around, now);
		if (up != null) {
			return up;
		}
		int steps = rules().failback().ramp().size();
		if (this.step >= steps || (isPast(this.stepUntil, now) && this.step == steps - 1)) {
			return UpState.after(this, StatusReason.RAMP_COMPLETED, now);
		}
		return isPast(this.stepUntil, now) ? nextStep(now) : this;
	}

	private RampingState nextStep(Timestamp now) {
		return new RampingState(entered(), circuit(), evidence(), this.step + 1, now.plus(rules().rampStep()));
	}

}
