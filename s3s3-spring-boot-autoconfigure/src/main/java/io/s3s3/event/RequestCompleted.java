package io.s3s3.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A call ended, successfully or not. Sent exactly once for each call that began an
 * attempt, as its last event except for those of a stream that the caller is still
 * reading. These report its bytes ({@link BytesTransferred}) and, if it breaks, the
 * attempts to get the rest: {@link ErrorReceived}, {@link RequestRetried},
 * {@link RequestFailedOver}, {@link RequestSent}, {@link ResponseReceived} and
 * {@link DownloadResumed}. An error that no location can fix is thrown by the stream.
 *
 * @since 0.1.0
 */
public final class RequestCompleted extends RequestEvent {

	private final LocationRole location;

	private final Duration duration;

	private final transient @Nullable Failure failure;

	/** {@code null} after deserialization. */
	private final transient @Nullable List<FailedAttempt> failedAttempts;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the last location that was tried
	 * @param duration how long the call took
	 * @param failure why it failed, or {@code null} if it succeeded
	 * @param failedAttempts the attempts that failed, in order
	 */
	public RequestCompleted(S3Call call, LocationRole location, Duration duration, @Nullable Failure failure,
			List<FailedAttempt> failedAttempts) {
		super(call);
		this.location = location;
		this.duration = duration;
		this.failure = failure;
		this.failedAttempts = List.copyOf(failedAttempts);
	}

	/**
	 * Return the last location that was tried: the one that served the call, or brought
	 * the rest of a download, if it succeeded.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return how long the call took, all its attempts together.
	 * @return the duration
	 */
	public Duration getDuration() {
		return this.duration;
	}

	/**
	 * Return why the call failed.
	 * @return the failure, or empty if it succeeded
	 */
	public Optional<Failure> getFailure() {
		return Optional.ofNullable(this.failure);
	}

	/**
	 * Return the attempts of the call that failed, whether or not it failed as a whole.
	 * @return the attempts, in order
	 */
	public List<FailedAttempt> getFailedAttempts() {
		return (this.failedAttempts != null) ? this.failedAttempts : List.of();
	}

	@Override
	String describe() {
		return ", at " + this.location + " after " + this.duration.toMillis() + " ms"
				+ ((this.failure != null) ? ", " + this.failure.kind().tag() : "");
	}

}
