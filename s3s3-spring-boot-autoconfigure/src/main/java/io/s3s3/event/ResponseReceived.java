package io.s3s3.event;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * An attempt ended with an answer of its location.
 *
 * @since 0.1.0
 */
public final class ResponseReceived extends ResponseEvent {

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location that answered
	 * @param response what it answered
	 */
	public ResponseReceived(S3Call call, LocationRole location, @Nullable S3Response response) {
		super(call, location, response);
	}

}
