package io.s3s3.event;

import io.s3s3.location.LocationRole;

/**
 * An answer is served though nothing tells whether it shows what this process has
 * written: an object that is read is somebody else's write, and the location that took
 * the own write cannot be asked to tell which of the two is the newer one; or a listing
 * comes from a location that is not known to have all own writes of its prefix.
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
