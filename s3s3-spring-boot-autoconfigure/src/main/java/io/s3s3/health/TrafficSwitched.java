package io.s3s3.health;

import java.time.Instant;

import io.s3s3.location.LocationRole;

/**
 * Calls go to another location first from now on. When they return home step by step,
 * this event marks the end; {@link FailbackProgressed} reports the steps.
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
	 * Return the location that calls go to first from now on.
	 * @return its role
	 */
	public LocationRole getTo() {
		return this.to;
	}

	/**
	 * Return the reason.
	 * @return the reason
	 */
	public SwitchReason getReason() {
		return this.reason;
	}

	/**
	 * Return for how many remembered keys the last write was at the previous location and
	 * not known to have arrived at the other one. Reads of that many keys may lack a
	 * write.
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
