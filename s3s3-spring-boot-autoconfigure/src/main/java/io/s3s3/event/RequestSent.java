package io.s3s3.event;

import io.s3s3.location.LocationRole;

/**
 * An attempt begins: the request is about to be sent to a location.
 *
 * @since 0.1.0
 */
public final class RequestSent extends RequestEvent {

	private final LocationRole location;

	private final int attempt;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location where the request goes
	 * @param attempt the number of the attempt within the call, from 1
	 */
	public RequestSent(S3Call call, LocationRole location, int attempt) {
		super(call);
		this.location = location;
		this.attempt = attempt;
	}

	/**
	 * Return where the request goes.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return the number of the attempt within the call. Parts of a download that are
	 * fetched in parallel all continue from the same number.
	 * @return the number, from 1
	 */
	public int getAttempt() {
		return this.attempt;
	}

	@Override
	String describe() {
		return ", attempt " + this.attempt + " at " + this.location;
	}

}
