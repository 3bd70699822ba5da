package io.s3s3.event;

import io.s3s3.location.LocationRole;

/**
 * The location that took the last write of this process shows an older write, which
 * arrived there late and replaced it. The caller of a read gets the last write by its
 * version id, or an exception. Keys that nobody reads are looked at once by s3s3 itself,
 * {@code s3s3.consistency.horizon} after calls for them had switched or got no answer:
 * the {@linkplain #getCall() call} is a {@code HeadObject} then, whose
 * {@linkplain #getRequest() request} names the key.
 *
 * @since 0.1.0
 */
public final class WriteBuried extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole location;

	/**
	 * Create the event.
	 * @param call the call that found out
	 * @param location the location that took the write
	 */
	public WriteBuried(S3Call call, LocationRole location) {
		super(call);
		this.location = location;
	}

	/**
	 * Return the location that took the write.
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
