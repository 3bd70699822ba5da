package io.s3s3.transfer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Hands a download to the caller's transformer and notes the response. Not thread-safe:
 * one for each attempt.
 *
 * @param <R> the type of the response
 * @param <T> what the transformer makes of it
 * @since 0.1.0
 */
public final class DownloadBody<R, T> implements ResponseTransformer<R, T> {

	private final ResponseTransformer<R, T> delegate;

	private final @Nullable ByteProgress progress;

	private @Nullable R response;

	/**
	 * Create a transformer for one attempt.
	 * @param delegate the caller's transformer
	 * @param progress who is told how far the body has come, or {@code null} for nobody
	 */
	public DownloadBody(ResponseTransformer<R, T> delegate, @Nullable ByteProgress progress) {
		this.delegate = delegate;
		this.progress = progress;
	}

	/**
	 * Return the response that was handed on last.
	 * @return the response, or {@code null} if there was none
	 */
	public @Nullable R response() {
		return this.response;
	}

	@Override
	public T transform(R response, AbortableInputStream stream) throws Exception {
		this.response = response;
		return this.delegate.transform(response, (this.progress != null) ? monitor(response, stream) : stream);
	}

	private AbortableInputStream monitor(R response, AbortableInputStream stream) {
		long total = (response instanceof GetObjectResponse object && object.contentLength() != null)
				? object.contentLength() : -1;
		return AbortableInputStream.create(new MonitoredInputStream(stream, total, this.progress, (failure) -> {
		}), stream);
	}

	@Override
	public boolean needsConnectionLeftOpen() {
		return this.delegate.needsConnectionLeftOpen();
	}

	@Override
	public String name() {
		return this.delegate.name();
	}

}
