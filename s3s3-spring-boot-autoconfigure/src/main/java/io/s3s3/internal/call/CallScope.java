package io.s3s3.internal.call;

import java.time.Duration;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * What the parts of one call share: its services, listeners, trace and deadline. A part
 * is a call of its own along a route, such as the rest of a download that broke or some
 * of the keys of a batch; only the end of the whole is an event.
 *
 * @param services what all calls share
 * @param events notifies the listeners
 * @param trace what has failed
 * @param deadline when the whole call must end
 * @param attempts how many attempts were made before those of this part
 */
public record CallScope(CallServices services, CallEvents events, CallTrace trace, Deadline deadline, int attempts) {

	/**
	 * Create the scope of a call that begins.
	 * @param services what all calls share
	 * @param call the call
	 * @param listener receives its events
	 * @param now the time, by {@link System#nanoTime()}
	 * @return the scope
	 */
	public static CallScope of(CallServices services, S3Call call, RequestListener listener, long now) {
		Duration callTimeout = services.rounds().limits().callTimeout();
		return new CallScope(services, new CallEvents(call, listener, true), new CallTrace(),
				new Deadline(now, callTimeout), 0);
	}

	/**
	 * Return the scope of a part of the call.
	 * @param attempts how many attempts were made before those of the part
	 * @return the scope
	 */
	public CallScope part(int attempts) {
		return new CallScope(this.services, this.events.ofPart(), this.trace, this.deadline, attempts);
	}

	/**
	 * Return how much time is left for the call.
	 * @param now the time
	 * @return the time, or {@code null} for no limit
	 */
	public @Nullable Duration left(long now) {
		return this.deadline.left(call().request(), now);
	}

	/**
	 * Report that the call has succeeded and is over.
	 * @param location the location that answered
	 * @param response its answer
	 * @param now the time
	 */
	public void succeeded(LocationRole location, @Nullable S3Response response, long now) {
		this.events.succeeded(location, response);
		completed(location, null, now);
	}

	/**
	 * Report that the call has failed and is over.
	 * @param attempt the attempt that it failed with
	 * @param error the error
	 * @param now the time
	 */
	public void failed(FailedAttempt attempt, Throwable error, long now) {
		this.events.failed(attempt, error);
		completed(attempt.location(), attempt.failure(), now);
	}

	private void completed(LocationRole location, @Nullable Failure failure, long now) {
		this.events.completed(location, this.deadline.elapsed(now), failure, this.trace.attempts());
	}

	/**
	 * Return the call as listeners know it.
	 * @return the call
	 */
	public S3Call call() {
		return this.events.call();
	}

}
