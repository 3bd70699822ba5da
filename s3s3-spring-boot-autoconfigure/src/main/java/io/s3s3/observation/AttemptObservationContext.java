package io.s3s3.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.s3s3.event.RequestSent;
import io.s3s3.event.S3Call;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What is known about an attempt while it is observed. Its span is a client span; no
 * header is added to the request, because that is signed.
 *
 * @since 0.1.0
 */
public class AttemptObservationContext extends SenderContext<S3Request> {

	private final S3Call call;

	private final LocationRole location;

	private final int attempt;

	/** Worker threads may observe the attempt too, but do not end it. */
	private final Thread thread = Thread.currentThread();

	private boolean ended;

	private @Nullable Failure failure;

	/**
	 * Create a context.
	 * @param sent the beginning of the attempt
	 */
	public AttemptObservationContext(RequestSent sent) {
		super((request, key, value) -> {
		}, Kind.CLIENT);
		this.call = sent.getCall();
		this.location = sent.getLocation();
		this.attempt = sent.getAttempt();
		setCarrier(sent.getRequest());
		setRemoteServiceName("S3");
	}

	/**
	 * Return the call.
	 * @return the call
	 */
	public S3Call getCall() {
		return this.call;
	}

	boolean beganHere() {
		return this.thread == Thread.currentThread();
	}

	/**
	 * Return the location that is tried.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return the number of the attempt within the call.
	 * @return the number, from 1
	 */
	public int getAttempt() {
		return this.attempt;
	}

	/**
	 * Return whether the attempt has ended.
	 * @return whether its failure is known, or that there is none
	 */
	public boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return why the attempt failed.
	 * @return the failure, or {@code null} if it succeeded or is in progress
	 */
	public @Nullable Failure getFailure() {
		return this.failure;
	}

	void end(@Nullable Failure failure) {
		this.ended = true;
		this.failure = failure;
	}

}
