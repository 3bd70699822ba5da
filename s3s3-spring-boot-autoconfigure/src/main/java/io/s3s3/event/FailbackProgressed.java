package io.s3s3.event;

import io.s3s3.health.FailbackPhase;
import io.s3s3.health.FailbackProgress;
import io.s3s3.health.SwitchReason;
import io.s3s3.location.LocationRole;

/**
 * The calls of home begin to come back step by step, more of them do, all are back, or
 * none come back any more.
 *
 * @since 0.1.0
 */
public final class FailbackProgressed extends LocationEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the event.
	 * @param progress how far it is
	 */
	public FailbackProgressed(FailbackProgress progress) {
		super(progress, progress.time());
	}

	private FailbackProgress progress() {
		return (FailbackProgress) getSource();
	}

	/**
	 * Return the location that the calls come back to.
	 * @return its role
	 */
	public LocationRole getTo() {
		return progress().to();
	}

	/**
	 * Return how far they are.
	 * @return the phase
	 */
	public FailbackPhase getPhase() {
		return progress().phase();
	}

	/**
	 * Return which part of them goes there from then on.
	 * @return the part in percent: 100 when all are back, 0 when none come back any more
	 */
	public int getPercent() {
		return progress().percent();
	}

	/**
	 * Return why.
	 * @return the reason: {@link SwitchReason#FAILBACK}, or what ended it before its time
	 */
	public SwitchReason getReason() {
		return progress().reason();
	}

	@Override
	String describe() {
		return "%s to %s: %d percent, %s".formatted(getPhase().tag(), getTo(), getPercent(), getReason().tag());
	}

}
