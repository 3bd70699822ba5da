package io.s3s3.health;

/**
 * An operator took the location out; no observation changes that.
 */
final class DrainedState extends LocationState {

	private final CircuitFigures figures;

	DrainedState(LocationState before, Timestamp now) {
		super(new Entered(before.rules(), now, StatusReason.OPERATOR, before.relapses()));
		this.figures = before.figures();
	}

	@Override
	LocationStatus status() {
		return LocationStatus.DRAINED;
	}

	@Override
	CircuitFigures figures() {
		return this.figures;
	}

	@Override
	boolean needsProbe(boolean home) {
		return false;
	}

}
