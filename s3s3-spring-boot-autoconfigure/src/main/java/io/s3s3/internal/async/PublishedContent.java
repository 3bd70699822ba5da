package io.s3s3.internal.async;

import java.io.InputStream;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * What a publisher publishes, as a stream: the SDK's own, which asks for more as it is
 * read. The publisher is subscribed to once, when this is created. As thread-safe as a
 * stream; closing it cancels the subscription.
 */
final class PublishedContent implements ContentStreamProvider, AutoCloseable {

	private final ResponseInputStream<GetObjectResponse> stream;

	PublishedContent(AsyncRequestBody body) {
		AsyncResponseTransformer<GetObjectResponse, ResponseInputStream<GetObjectResponse>> reader = AsyncResponseTransformer
			.toBlockingInputStream();
		var stream = reader.prepare();
		reader.onResponse(GetObjectResponse.builder().build());
		reader.onStream(SdkPublisher.adapt(body));
		this.stream = stream.join();
	}

	/**
	 * Return the content as a blocking client takes it.
	 * @param length its length, or -1 if that is unknown
	 * @param contentType its media type
	 */
	RequestBody toRequestBody(long length, String contentType) {
		return (length < 0) ? RequestBody.fromContentProvider(this, contentType)
				: RequestBody.fromContentProvider(this, length, contentType);
	}

	@Override
	public InputStream newStream() {
		return this.stream;
	}

	@Override
	public String name() {
		return ProviderType.STREAM.getName();
	}

	@Override
	public void close() {
		this.stream.abort();
	}

}
