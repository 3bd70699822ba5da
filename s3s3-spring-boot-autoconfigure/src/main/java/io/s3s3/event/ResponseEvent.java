package io.s3s3.event;

import java.util.Optional;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * An event caused by an answer of a location. Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class ResponseEvent extends RequestEvent permits RequestSucceeded, ResponseReceived {

	private final LocationRole location;

	private final transient @Nullable S3Response response;

	ResponseEvent(S3Call call, LocationRole location, @Nullable S3Response response) {
		super(call);
		this.location = location;
		this.response = response;
	}

	/**
	 * Return the location that answered.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return what the location answered.
	 * @return the response, or empty if the client returned none
	 */
	public Optional<S3Response> getResponse() {
		return Optional.ofNullable(this.response);
	}

	@Override
	String describe() {
		return ", from " + this.location;
	}

}
