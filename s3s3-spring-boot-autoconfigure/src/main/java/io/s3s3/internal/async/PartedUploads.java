package io.s3s3.internal.async;

import io.s3s3.event.RequestListener;
import io.s3s3.internal.consistency.Consistency;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Stores content in parts, on the thread that it is called on and on others.
 */
@FunctionalInterface
public interface PartedUploads {

	/**
	 * Store an object.
	 * @param request the request
	 * @param body the content, which can be read once
	 * @param consistency what the call promises
	 * @param listener receives the events of the call
	 * @return the response
	 * @throws Exception what the client of a location threw
	 */
	@Nullable Object store(PutObjectRequest request, RequestBody body, Consistency consistency, RequestListener listener)
			throws Exception;

}
