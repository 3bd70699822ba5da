package io.s3s3.observation;

import io.micrometer.observation.Observation;
import io.s3s3.event.S3Call;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a call while it is observed.
 *
 * @since 0.1.0
 */
public class CallObservationContext extends Observation.Context {

	private final S3Call call;

	private @Nullable LocationRole location;

	private @Nullable Failure failure;

	/**
	 * Create a context.
	 * @param call the call
	 */
	public CallObservationContext(S3Call call) {
		this.call = call;
	}

	/**
	 * Return the call.
	 * @return the call
	 */
	public S3Call getCall() {
		return this.call;
	}

	/**
	 * Return the last location that was tried.
	 * @return the location, or {@code null} as long as the call is in progress
	 */
	public @Nullable LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return why the call failed.
	 * @return the failure, or {@code null} if it succeeded or is in progress
	 */
	public @Nullable Failure getFailure() {
		return this.failure;
	}

	void complete(LocationRole location, @Nullable Failure failure) {
		this.location = location;
		this.failure = failure;
	}

}
