package io.s3s3.internal.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.internal.io.MonitoredInputStream;
import io.s3s3.transfer.TransferSettings;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Opens bodies of unknown length. The SDK buffers all that is read of such a body, so
 * that another call can send it again. Beyond a limit it is made to forget what it has
 * buffered; after that it would return only the end of the body, as if that were all, so
 * the body is not opened again. Thread-safe.
 */
final class UnknownLengthBodies {

	/** Bodies that the SDK has forgotten. */
	private static final Cache<ContentStreamProvider, Boolean> FORGOTTEN = Caffeine.newBuilder().weakKeys().build();

	private UnknownLengthBodies() {
	}

	static InputStream open(ContentStreamProvider body, TransferSettings settings) {
		if (FORGOTTEN.getIfPresent(body) != null) {
			throw new IllegalStateException("The body was sent before, and it cannot be read again: it has no length "
					+ "and is longer than s3s3.transfer.memory-limit. Create a new one for each call, or state its length");
		}
		InputStream stream = new DoubtfulEnd(body.newStream());
		long limit = settings.memoryLimit().toBytes();
		return new MonitoredInputStream(stream, -1, (bytes, total) -> {
			if (bytes > limit && FORGOTTEN.asMap().putIfAbsent(body, true) == null) {
				stream.mark(0);
			}
		}, (failure) -> {
		});
	}

	/**
	 * Reads again when the SDK's buffer reports its end: it also does so when the stream
	 * behind it merely had no byte yet, and continues when it is read again.
	 */
	private static final class DoubtfulEnd extends FilterInputStream {

		/** How often to read again. */
		private static final int DOUBTS = 16;

		DoubtfulEnd(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int value = super.read();
			for (int i = 0; value < 0 && i < DOUBTS; i++) {
				value = super.read();
			}
			return (value < 0) ? end() : value;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = super.read(bytes, offset, length);
			for (int i = 0; read < 0 && i < DOUBTS; i++) {
				read = super.read(bytes, offset, length);
			}
			return (read < 0) ? end() : read;
		}

		private int end() throws IOException {
			if (super.available() > 0) {
				throw new IOException("The stream is broken: it has more bytes, but does not return them");
			}
			return -1;
		}

	}

}
