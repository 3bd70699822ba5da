package io.s3s3.health;

import java.time.Instant;

import io.s3s3.internal.text.Tag;
import io.s3s3.location.LocationRole;

/**
 * The calls of home begin to come back step by step, more of them do, all are back, or
 * none come back any more.
 *
 * @since 0.1.0
 */
public final class FailbackProgressed extends LocationEvent {

	private final LocationRole to;

	private final Phase phase;

	private final int percent;

	private final SwitchReason reason;

	FailbackProgressed(LocationRole to, Phase phase, int percent, SwitchReason reason, Instant time) {
		super(to, time);
		this.to = to;
		this.phase = phase;
		this.percent = percent;
		this.reason = reason;
	}

	/**
	 * Return the location that the calls come back to.
	 * @return its role
	 */
	public LocationRole getTo() {
		return this.to;
	}

	/**
	 * Return how far they are.
	 * @return the phase
	 */
	public Phase getPhase() {
		return this.phase;
	}

	/**
	 * Return which part of them goes there from then on.
	 * @return the part in percent: 100 when all are back, 0 when none come back any more
	 */
	public int getPercent() {
		return this.percent;
	}

	/**
	 * Return why.
	 * @return the reason: {@link SwitchReason#FAILBACK}, or what ended it before its time
	 */
	public SwitchReason getReason() {
		return this.reason;
	}

	@Override
	String describe() {
		return "%s to %s: %d percent, %s".formatted(this.phase.tag(), this.to, this.percent, this.reason.tag());
	}

	/**
	 * How far the calls of home have come back.
	 */
	public enum Phase {

		/**
		 * The first of them come back.
		 */
		STARTED,

		/**
		 * More of them come back.
		 */
		PROGRESSED,

		/**
		 * All of them are back.
		 */
		COMPLETED,

		/**
		 * None come back any more: home failed again, or an operator decided otherwise.
		 */
		ABORTED;

		/**
		 * Return the name in lower case, as it appears in logs.
		 * @return for instance {@code started}
		 */
		public String tag() {
			return Tag.of(this);
		}

	}

}
