package io.s3s3.internal.multipart;

import io.s3s3.internal.upload.SentBody;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * One attempt of a call about an upload at a location. It is closed when the attempt is
 * over.
 */
public interface Visit extends AutoCloseable {

	/**
	 * Translate a request to the ids of the location.
	 * @param request the request, addressed to the location
	 * @return the request with the location's id and ETags
	 */
	S3Request translate(S3Request request);

	/**
	 * Accept and translate the answer of the location.
	 * @param response what it answered
	 * @param body the body that was sent, or {@code null} if there was none
	 * @return the answer with the id and the ETags that the caller knows
	 */
	S3Response answered(S3Response response, @Nullable SentBody body);

	/**
	 * Called instead when the attempt has failed.
	 * @param error the error
	 */
	default void failed(Throwable error) {
	}

	@Override
	default void close() {
	}

}
