package io.s3s3.event;

import java.time.Duration;
import java.util.Optional;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A call moves on to another location. Always published to the application context.
 *
 * @since 0.1.0
 */
public final class RequestFailedOver extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final transient FailedAttempt attempt;

	private final Throwable error;

	private final LocationRole to;

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param error why it failed
	 * @param to where the call goes next
	 */
	public RequestFailedOver(S3Call call, FailedAttempt attempt, Throwable error, LocationRole to) {
		super(call);
		this.attempt = attempt;
		this.error = error;
		this.to = to;
	}

	/**
	 * Return the location that failed.
	 * @return the location
	 */
	public LocationRole getFrom() {
		return this.attempt.location();
	}

	/**
	 * Return the location that the call goes to next.
	 * @return the location
	 */
	public LocationRole getTo() {
		return this.to;
	}

	/**
	 * Return the cause.
	 * @return the kind of failure
	 */
	public FailureKind getReason() {
		return this.attempt.failure().kind();
	}

	/**
	 * Return what the failed attempt may have done at its location.
	 * @return the effect
	 */
	public Effect getEffect() {
		return this.attempt.failure().effect();
	}

	/**
	 * Return how long the failed attempt took.
	 * @return the duration
	 */
	public Duration getDuration() {
		return this.attempt.duration();
	}

	/**
	 * Return the error that caused the failover.
	 * @return what the location's client threw
	 */
	public Throwable getError() {
		return this.error;
	}

	/**
	 * Return the HTTP response that caused the failover.
	 * @return the response, or empty if the location did not answer
	 */
	public Optional<SdkHttpResponse> getResponse() {
		return HttpResponses.of(this.error);
	}

	@Override
	String describe() {
		return ", " + this.attempt + ", to " + this.to;
	}

}
