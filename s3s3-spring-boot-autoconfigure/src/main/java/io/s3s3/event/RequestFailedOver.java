package io.s3s3.event;

import java.time.Duration;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.io.BodySlot;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A call moves on to another location. Always published to the application context. A
 * listener may supply the body of an upload again, and must do so if the body
 * {@linkplain #isBodyLost() is lost}: otherwise the call ends here.
 *
 * @since 0.1.0
 */
public final class RequestFailedOver extends FailureEvent {

	private final LocationRole to;

	private final transient BodySlot body;

	/**
	 * Create the event.
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param error why it failed
	 * @param to the location that the call goes to next
	 * @param body takes another body
	 */
	public RequestFailedOver(S3Call call, FailedAttempt attempt, Throwable error, LocationRole to, BodySlot body) {
		super(call, attempt, error);
		this.to = to;
		this.body = body;
	}

	/**
	 * Return whether the body cannot be sent again, because it could be read only once
	 * and was too long to be recorded.
	 * @return whether the call ends unless a listener supplies another body
	 */
	public boolean isBodyLost() {
		return this.body.isLost();
	}

	/**
	 * Send another body in place of the first one, from its beginning. Allowed only while
	 * a listener receives this event, on the same thread.
	 * @param replacement the body, with the length of the first one
	 * @throws IllegalArgumentException if the body is known to have another length
	 * @throws IllegalStateException if the call sends no body, or has continued already
	 */
	public void replaceBody(RequestBody replacement) {
		this.body.replace(replacement);
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
