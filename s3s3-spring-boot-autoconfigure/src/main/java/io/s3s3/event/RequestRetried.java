package io.s3s3.event;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;

/**
 * An attempt failed, and another one is about to begin, at the same or another location.
 *
 * @since 0.1.0
 */
public final class RequestRetried extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final transient FailedAttempt attempt;

	private final Throwable error;

	private final LocationRole next;

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param error why it failed
	 * @param next where the next attempt goes
	 */
	public RequestRetried(S3Call call, FailedAttempt attempt, Throwable error, LocationRole next) {
		super(call);
		this.attempt = attempt;
		this.error = error;
		this.next = next;
	}

	/**
	 * Return where the attempt failed.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.attempt.location();
	}

	/**
	 * Return where the next attempt goes.
	 * @return the location
	 */
	public LocationRole getNext() {
		return this.next;
	}

	/**
	 * Return what went wrong.
	 * @return the failure
	 */
	public Failure getFailure() {
		return this.attempt.failure();
	}

	/**
	 * Return what the location's client threw.
	 * @return the error
	 */
	public Throwable getError() {
		return this.error;
	}

	@Override
	String describe() {
		return ", " + this.attempt + ", next " + this.next;
	}

}
