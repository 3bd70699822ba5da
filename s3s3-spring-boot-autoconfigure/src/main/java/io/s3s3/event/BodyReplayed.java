package io.s3s3.event;

import io.s3s3.location.LocationRole;

/**
 * An attempt sent bytes of a body that an earlier attempt of the call had sent already.
 * Told when the attempt is over, and before its {@link ResponseReceived} or
 * {@link ErrorReceived}. What the client of a location sends again by itself, as its own
 * retries do, is not counted.
 *
 * @since 0.1.0
 */
public final class BodyReplayed extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole location;

	private final long bytes;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location where the bytes went this time
	 * @param bytes how many bytes were sent once more
	 */
	public BodyReplayed(S3Call call, LocationRole location, long bytes) {
		super(call);
		this.location = location;
		this.bytes = bytes;
	}

	/**
	 * Return where the bytes went this time.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return how many bytes the attempt sent once more.
	 * @return the number of bytes, more than zero
	 */
	public long getBytes() {
		return this.bytes;
	}

	@Override
	String describe() {
		return ", " + this.bytes + " bytes to " + this.location;
	}

}
