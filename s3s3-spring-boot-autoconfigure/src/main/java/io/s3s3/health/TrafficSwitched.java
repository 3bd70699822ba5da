package io.s3s3.health;

import java.time.Instant;

import io.s3s3.location.LocationRole;

/**
 * Calls go to another location first from now on. When they come back step by step, this
 * is the end of it: {@link FailbackProgressed} tells of the steps.
 *
 * @since 0.1.0
 */
public final class TrafficSwitched extends LocationEvent {

	private final LocationRole from;

	private final LocationRole to;

	private final SwitchReason reason;

	private final int unconfirmedWrites;

	TrafficSwitched(LocationRole from, LocationRole to, SwitchReason reason, int unconfirmedWrites, Instant time) {
		super(to, time);
		this.from = from;
		this.to = to;
		this.reason = reason;
		this.unconfirmedWrites = unconfirmedWrites;
	}

	/**
	 * Return the location that calls went to first.
	 * @return its role
	 */
	public LocationRole getFrom() {
		return this.from;
	}

	/**
	 * Return the location that calls go to first from then on.
	 * @return its role
	 */
	public LocationRole getTo() {
		return this.to;
	}

	/**
	 * Return why they do.
	 * @return the reason
	 */
	public SwitchReason getReason() {
		return this.reason;
	}

	/**
	 * Return how many remembered keys had a last write at the location that calls went to
	 * first, and that the other location was not known to have. That is how many may be
	 * read as lacking a write.
	 * @return the number of keys
	 */
	public int getUnconfirmedWrites() {
		return this.unconfirmedWrites;
	}

	@Override
	String describe() {
		return "%s to %s, %s".formatted(this.from, this.to, this.reason.tag());
	}

}
