package io.s3s3.event;

import java.util.Optional;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An event caused by a failed attempt. Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class FailureEvent extends RequestEvent
		permits ErrorReceived, RequestFailed, RequestFailedOver, RequestRetried {

	private final transient FailedAttempt attempt;

	private final Throwable error;

	FailureEvent(S3Call call, FailedAttempt attempt, Throwable error) {
		super(call);
		this.attempt = attempt;
		this.error = error;
	}

	/**
	 * Return the attempt that failed.
	 * @return the attempt
	 */
	public FailedAttempt getAttempt() {
		return this.attempt;
	}

	/**
	 * Return where the attempt failed.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.attempt.location();
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

	/**
	 * Return the HTTP response that reported the failure.
	 * @return the response, or empty if the location did not answer
	 */
	public Optional<SdkHttpResponse> getResponse() {
		return (this.error instanceof AwsServiceException answer && answer.awsErrorDetails() != null)
				? Optional.ofNullable(answer.awsErrorDetails().sdkHttpResponse()) : Optional.empty();
	}

	@Override
	String describe() {
		return ", " + this.attempt;
	}

}
