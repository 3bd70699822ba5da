package io.s3s3.event;

import java.time.Duration;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;

/**
 * A call moves on to another location. Always published to the application context.
 *
 * @since 0.1.0
 */
public final class RequestFailedOver extends FailureEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole to;

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param error why it failed
	 * @param to where the call goes next
	 */
	public RequestFailedOver(S3Call call, FailedAttempt attempt, Throwable error, LocationRole to) {
		super(call, attempt, error);
		this.to = to;
	}

	/**
	 * Return the location that failed.
	 * @return the location
	 */
	public LocationRole getFrom() {
		return getLocation();
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
		return getFailure().kind();
	}

	/**
	 * Return what the failed attempt may have done at its location.
	 * @return the effect
	 */
	public Effect getEffect() {
		return getFailure().effect();
	}

	/**
	 * Return how long the failed attempt took.
	 * @return the duration
	 */
	public Duration getDuration() {
		return getAttempt().duration();
	}

	@Override
	String describe() {
		return super.describe() + ", to " + this.to;
	}

}
