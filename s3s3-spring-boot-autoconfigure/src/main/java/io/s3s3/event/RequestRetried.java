package io.s3s3.event;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.location.LocationRole;

/**
 * An attempt failed, and another one is about to begin, at the same location or at the
 * other one.
 *
 * @since 0.1.0
 */
public final class RequestRetried extends FailureEvent {

	private final LocationRole next;

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param error why it failed
	 * @param next where the next attempt goes
	 */
	public RequestRetried(S3Call call, FailedAttempt attempt, Throwable error, LocationRole next) {
		super(call, attempt, error);
		this.next = next;
	}

	/**
	 * Return where the next attempt goes.
	 * @return the location
	 */
	public LocationRole getNext() {
		return this.next;
	}

	@Override
	String describe() {
		return super.describe() + ", next " + this.next;
	}

}
