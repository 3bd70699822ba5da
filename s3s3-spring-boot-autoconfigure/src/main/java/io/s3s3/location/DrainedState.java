package io.s3s3.location;

/**
 * An operator took the location out; what is seen of it changes nothing.
 */
final class DrainedState extends LocationState {

	private final CircuitFigures figures;

	DrainedState(LocationState before, Moment now) {
		super(before.rules(), now, StatusReason.OPERATOR, before.relapses());
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
