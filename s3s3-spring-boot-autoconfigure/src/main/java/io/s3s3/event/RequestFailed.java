package io.s3s3.event;

import java.util.Optional;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailoverTrace;

/**
 * A call failed for good: its {@linkplain #getError() error} goes to the caller.
 *
 * @since 0.1.0
 */
public final class RequestFailed extends FailureEvent {

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the last attempt
	 * @param error what the caller catches
	 */
	public RequestFailed(S3Call call, FailedAttempt attempt, Throwable error) {
		super(call, attempt, error);
	}

	/**
	 * Return what was tried.
	 * @return the trace, or empty if the first error was the caller's own
	 */
	public Optional<FailoverTrace> getTrace() {
		return FailoverTrace.of(getError());
	}

}
