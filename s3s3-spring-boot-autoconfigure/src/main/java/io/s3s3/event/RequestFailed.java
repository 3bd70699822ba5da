package io.s3s3.event;

import java.util.Optional;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A call failed for good: its error goes to the caller.
 *
 * @since 0.1.0
 */
public final class RequestFailed extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final transient FailedAttempt attempt;

	private final Throwable error;

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the last attempt
	 * @param error what the caller catches
	 */
	public RequestFailed(S3Call call, FailedAttempt attempt, Throwable error) {
		super(call);
		this.attempt = attempt;
		this.error = error;
	}

	/**
	 * Return the last location that was tried.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.attempt.location();
	}

	/**
	 * Return what went wrong there.
	 * @return the failure
	 */
	public Failure getFailure() {
		return this.attempt.failure();
	}

	/**
	 * Return what the caller catches.
	 * @return the error
	 */
	public Throwable getError() {
		return this.error;
	}

	/**
	 * Return what was tried.
	 * @return the trace, or empty if the first answer was the caller's own affair
	 */
	public Optional<FailoverTrace> getTrace() {
		return FailoverTrace.of(this.error);
	}

	/**
	 * Return the HTTP response that said so.
	 * @return the response, or empty if the location did not answer
	 */
	public Optional<SdkHttpResponse> getResponse() {
		return HttpResponses.of(this.error);
	}

	@Override
	String describe() {
		return ", " + this.attempt;
	}

}
