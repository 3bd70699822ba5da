package io.s3s3.event;

import java.util.Optional;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call succeeded. For a download as a stream that means that the stream is open, not
 * that it was read.
 *
 * @since 0.1.0
 */
public final class RequestSucceeded extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole location;

	private final transient @Nullable S3Response response;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location that served it
	 * @param response what it answered
	 */
	public RequestSucceeded(S3Call call, LocationRole location, @Nullable S3Response response) {
		super(call);
		this.location = location;
		this.response = response;
	}

	/**
	 * Return the location that served the call.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return what the location answered.
	 * @return the response, or empty if the client gave none
	 */
	public Optional<S3Response> getResponse() {
		return Optional.ofNullable(this.response);
	}

	@Override
	String describe() {
		return ", at " + this.location;
	}

}
