package io.s3s3.location;

/**
 * The location takes its calls, and its circuit counts them.
 */
final class UpState extends LocationState {

	private final Circuit circuit;

	private final Evidence evidence;

	private final int outages;

	private boolean probed;

	private UpState(HealthRules rules, Moment since, StatusReason reason, Circuit circuit, int outages,
			boolean probed) {
		super(rules, since, reason);
		this.circuit = circuit;
		this.evidence = rules.noEvidence();
		this.outages = outages;
		this.probed = probed;
	}

	// What a location is taken for until the probes at the start say otherwise.
	static UpState assumed(HealthRules rules, Moment now) {
		return new UpState(rules, now, StatusReason.STARTED, rules.closedCircuit(), 0, false);
	}

	static UpState reset(HealthRules rules, Moment now) {
		return new UpState(rules, now, StatusReason.OPERATOR, rules.closedCircuit(), 0, true);
	}

	static UpState after(LocationState outage, StatusReason reason, Circuit circuit, Moment now) {
		return new UpState(outage.rules(), now, reason, circuit, outage.relapses() + 1, true);
	}

	@Override
	LocationStatus status() {
		return LocationStatus.UP;
	}

	// What an outage now would be; calm makes up for earlier ones.
	private int relapsesAt(Moment now) {
		long calmPeriods = since().until(now).dividedBy(rules().failback().calmPeriod());
		return (int) Math.max(0, this.outages - calmPeriods);
	}

	@Override
	int relapses() {
		return this.outages - 1;
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
	boolean needsProbe(boolean home) {
		return !this.probed || (!home && rules().settings().probe().standby());
	}

	@Override
	LocationState circuitOpened(StatusReason reason, Moment now) {
		return OutState.of(this, relapsesAt(now), reason, now);
	}

	@Override
	LocationState probed(ProbeResult result, Moment now) {
		if (result == ProbeResult.DENIED) {
			this.probed = true;
			return this;
		}
		this.evidence.add(result == ProbeResult.SUCCESS, now.nanos());
		this.probed |= this.evidence.isGood();
		return this.evidence.isBad() ? circuitOpened(StatusReason.PROBES_FAILED, now) : this;
	}

}
