package io.s3s3.health;

import java.time.Instant;

import io.s3s3.internal.text.Tag;
import io.s3s3.location.LocationRole;

/**
 * A failback started, progressed, completed or was aborted: calls return home step by
 * step.
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
	 * Return the location that the calls return to.
	 * @return its role
	 */
	public LocationRole getTo() {
		return this.to;
	}

	/**
	 * Return how far the failback has come.
	 * @return the phase
	 */
	public Phase getPhase() {
		return this.phase;
	}

	/**
	 * Return the percentage of calls that go there from now on.
	 * @return the percentage: 100 when all are back, 0 when it was aborted
	 */
	public int getPercent() {
		return this.percent;
	}

	/**
	 * Return the reason.
	 * @return {@link SwitchReason#FAILBACK}, or what aborted it
	 */
	public SwitchReason getReason() {
		return this.reason;
	}

	@Override
	String describe() {
		return "%s to %s: %d percent, %s".formatted(this.phase.tag(), this.to, this.percent, this.reason.tag());
	}

	/**
	 * How far a failback has come.
	 */
	public enum Phase {

		/**
		 * The first calls return.
		 */
		STARTED,

		/**
		 * More calls return.
		 */
		PROGRESSED,

		/**
		 * All calls are back.
		 */
		COMPLETED,

		/**
		 * No calls return any more: home failed again, or an operator decided otherwise.
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
