package io.s3s3.event;

import io.s3s3.location.LocationRole;

/**
 * The last write of this process to a key is missing at a location, long after it should
 * have arrived there: {@code s3s3.consistency.horizon} after it was made at home, or when
 * calls for it are no longer held away from home ({@code s3s3.failback.max-hold}). Where
 * replication leaves something out, such as deletions, this is told of each such write;
 * with a horizon of zero of none.
 * <p>
 * Found by a {@code HeadObject} that s3s3 itself has sent: that is the
 * {@linkplain #getCall() call}, and its {@linkplain #getRequest() request} names the key.
 *
 * @since 0.1.0
 */
public final class WriteNotReplicated extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole location;

	/**
	 * Create the event.
	 * @param call the call that found out
	 * @param location the location that lacks the write
	 */
	public WriteNotReplicated(S3Call call, LocationRole location) {
		super(call);
		this.location = location;
	}

	/**
	 * Return the location that lacks the write.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	@Override
	String describe() {
		return ", at " + this.location;
	}

}
