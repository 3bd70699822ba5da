package io.s3s3.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.io.ResettableInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The body of an upload that may be sent more than once, always in full. Not thread-safe:
 * one for each call.
 *
 * @since 0.1.0
 */
public final class UploadBody {

	/** How far the SDK lets a stream that supports it be reset: 128 KiB. */
	private static final long RESETTABLE_BYTES = 1 << 17;

	/** The SDK's providers that open a new stream each time. */
	private static final Set<String> OPENS_ANEW = Set.of(ContentStreamProvider.ProviderType.BYTES.getName(),
			ContentStreamProvider.ProviderType.STRING.getName(), ContentStreamProvider.ProviderType.FILE.getName());

	private static final String STREAM = ContentStreamProvider.ProviderType.STREAM.getName();

	private static final String WAYS_OUT = "Give RequestBody.fromBytes, fromFile or fromContentProvider with a "
			+ "provider that opens a new stream each time, or a Spring Resource that can be opened more than once";

	private RequestBody original;

	private @Nullable InputStream opened;

	private @Nullable Throwable callerFailure;

	/**
	 * Create a body.
	 * @param original the body as the caller made it
	 */
	public UploadBody(RequestBody original) {
		this.original = original;
	}

	/**
	 * Refuse a body that can be read only once. Nothing has been sent by then.
	 * @throws IllegalArgumentException if the body can be read only once
	 */
	public void requireReplayable() {
		ContentStreamProvider provider = this.original.contentStreamProvider();
		// A body of unknown length is kept in memory.
		if (!OPENS_ANEW.contains(provider.name()) && this.original.optionalContentLength().isPresent()
				&& !opensTwice(provider, this.original.optionalContentLength().get())) {
			throw new IllegalArgumentException("The body is a stream that can't be read again in full, so it could "
					+ "not be sent to the other location. Nothing was sent. " + WAYS_OUT);
		}
	}

	/**
	 * Return the body for one attempt. A body of unknown length is read into memory
	 * first, once, as the SDK would do; S3 wants to know the length.
	 * @param progress who is told how far it has come, or {@code null} for nobody
	 * @return the body, from its first byte
	 * @throws SdkClientException if a body of unknown length cannot be read
	 */
	public RequestBody forAttempt(@Nullable ByteProgress progress) {
		if (this.original.optionalContentLength().isEmpty()) {
			this.original = readIntoMemory();
		}
		long length = this.original.optionalContentLength().orElseThrow();
		return RequestBody.fromContentProvider(new MonitoredContent(this.original, progress), length,
				this.original.contentType());
	}

	/**
	 * Return what the caller's own stream threw.
	 * @return the error, or {@code null} if the stream is well
	 */
	public @Nullable Throwable callerFailure() {
		return this.callerFailure;
	}

	private RequestBody readIntoMemory() {
		try (InputStream stream = new MonitoredContent(this.original, null).newStream()) {
			byte[] content = stream.readAllBytes();
			return RequestBody.fromContentProvider(ContentStreamProvider.fromByteArrayUnsafe(content), content.length,
					this.original.contentType());
		}
		catch (IOException ex) {
			throw SdkClientException.create("Could not read the body", ex);
		}
	}

	private static boolean opensTwice(ContentStreamProvider provider, long length) {
		InputStream first = provider.newStream();
		try {
			InputStream second = provider.newStream();
			if (second != first) {
				second.close();
				first.close();
				return true;
			}
			// The SDK resets a stream that can be reset, but not without limit.
			return provider.name().equals(STREAM)
					&& (second instanceof ResettableInputStream || length <= RESETTABLE_BYTES);
		}
		catch (IllegalStateException ex) {
			return false;
		}
		catch (IOException ex) {
			throw SdkClientException.create("Could not close the body", ex);
		}
	}

	private void failed(Throwable failure) {
		this.callerFailure = failure;
	}

	/**
	 * Opens the caller's content and watches it.
	 */
	private final class MonitoredContent implements ContentStreamProvider {

		private final ContentStreamProvider delegate;

		private final long length;

		private final @Nullable ByteProgress progress;

		MonitoredContent(RequestBody body, @Nullable ByteProgress progress) {
			this.delegate = body.contentStreamProvider();
			this.length = body.optionalContentLength().orElse(-1L);
			this.progress = progress;
		}

		@Override
		public InputStream newStream() {
			return new MonitoredInputStream(open(), this.length, this.progress, UploadBody.this::failed);
		}

		private InputStream open() {
			try {
				InputStream stream = this.delegate.newStream();
				if (stream == UploadBody.this.opened && !stream.markSupported()) {
					throw new IllegalArgumentException(
							"The provider of the body gave the same stream again. " + WAYS_OUT);
				}
				UploadBody.this.opened = stream;
				return stream;
			}
			catch (RuntimeException ex) {
				failed(ex);
				throw ex;
			}
		}

		@Override
		public String name() {
			return this.delegate.name();
		}

	}

}
