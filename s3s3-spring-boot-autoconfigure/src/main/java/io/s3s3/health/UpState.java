package io.s3s3.health;

/**
 * The location takes its calls, and its circuit counts them.
 */
final class UpState extends CountingState {

	/** Guarded by the lock of the director. */
	private boolean probed;

	private UpState(Entered entered, Circuit circuit, boolean probed) {
		super(entered, circuit, entered.rules().noEvidence());
		this.probed = probed;
	}

	/**
	 * Return the state that is assumed until the first probes say otherwise.
	 */
	static UpState assumed(HealthRules rules, Timestamp now) {
		return new UpState(new Entered(rules, now, StatusReason.STARTED, -1), rules.closedCircuit(), false);
	}

	static UpState reset(HealthRules rules, Timestamp now) {
		return new UpState(new Entered(rules, now, StatusReason.OPERATOR, -1), rules.closedCircuit(), true);
	}

	static UpState after(CountingState outage, StatusReason reason, Timestamp now) {
		return new UpState(new Entered(outage.rules(), now, reason, outage.relapses()), outage.circuit(), true);
	}

	@Override
	LocationStatus status() {
		return LocationStatus.UP;
	}

	/**
	 * Return the number of relapses if there were an outage now; calm makes up for
	 * earlier ones.
	 */
	private int relapsesAt(Timestamp now) {
		long calmPeriods = since().until(now).dividedBy(rules().failback().holdDown().calmPeriod());
		return (int) Math.max(0, relapses() + 1 - calmPeriods);
	}

	@Override
	boolean needsProbe(boolean home) {
		return !this.probed || circuit().isInDoubt() || (!home && rules().settings().probe().standby());
	}

	@Override
	LocationState circuitOpened(StatusReason reason, Timestamp now) {
		return OutState.of(this, relapsesAt(now), reason, now);
	}

	@Override
	LocationState probed(ProbeResult result, boolean slow, long started, Timestamp now) {
		LocationState next = super.probed(result, slow, started, now);
		this.probed |= result == ProbeResult.DENIED || evidence().isGood();
		return next;
	}

}
