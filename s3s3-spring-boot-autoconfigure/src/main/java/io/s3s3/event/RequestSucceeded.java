package io.s3s3.event;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call succeeded. For a download as a stream, that means that the stream is open, not
 * that it has been read.
 *
 * @since 0.1.0
 */
public final class RequestSucceeded extends ResponseEvent {

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location that served it
	 * @param response what it answered
	 */
	public RequestSucceeded(S3Call call, LocationRole location, @Nullable S3Response response) {
		super(call, location, response);
	}

}
