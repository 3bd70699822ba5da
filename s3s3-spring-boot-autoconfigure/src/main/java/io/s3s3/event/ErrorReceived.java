package io.s3s3.event;

import io.s3s3.failure.FailedAttempt;

/**
 * An attempt ended with an error; another one may follow.
 *
 * @since 0.1.0
 */
public final class ErrorReceived extends FailureEvent {

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param error what the location's client threw
	 */
	public ErrorReceived(S3Call call, FailedAttempt attempt, Throwable error) {
		super(call, attempt, error);
	}

}
