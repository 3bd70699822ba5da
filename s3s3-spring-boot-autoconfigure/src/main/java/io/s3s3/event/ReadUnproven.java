package io.s3s3.event;

import io.s3s3.location.LocationRole;

/**
 * An answer is served although it is not known whether it shows what this process has
 * written. Either the object was written by somebody else, and the location that took the
 * write of this process cannot be asked which of the two is newer; or a listing comes
 * from a location that is not known to have all writes of this process under its prefix.
 * Or s3s3 itself has looked at a key, as for {@link WriteBuried}, and cannot tell: the
 * {@linkplain #getCall() call} is a {@code HeadObject} then, whose answer nobody gets.
 *
 * @since 0.1.0
 */
public final class ReadUnproven extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole location;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location that answered
	 */
	public ReadUnproven(S3Call call, LocationRole location) {
		super(call);
		this.location = location;
	}

	/**
	 * Return the location whose answer is served.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	@Override
	String describe() {
		return ", served by " + this.location;
	}

}
