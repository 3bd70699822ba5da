package io.s3s3.transfer.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.transfer.TransferSettings;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The stream of a body whose length is not known. The SDK keeps all that is read of such
 * a body, so that another call can send it again. From a limit on it is made to forget:
 * what it would give after that is the end of the body, as if that were all. So the body
 * is not opened again.
 */
final class UnsizedStream extends FilterInputStream {

	/** Whose streams the SDK has forgotten. */
	private static final Cache<ContentStreamProvider, Boolean> FORGOTTEN = Caffeine.newBuilder().weakKeys().build();

	private final ContentStreamProvider provider;

	/** How much the SDK may still keep. */
	private long left;

	private UnsizedStream(ContentStreamProvider provider, InputStream in, long limit) {
		super(in);
		this.provider = provider;
		this.left = limit;
	}

	static InputStream open(ContentStreamProvider provider, TransferSettings settings) {
		if (FORGOTTEN.getIfPresent(provider) != null) {
			throw new IllegalStateException("The body was sent before, and it can't be read again: it has no length "
					+ "and is longer than s3s3.transfer.memory-limit. Make a new one for each call, or tell its length");
		}
		return new UnsizedStream(provider, provider.newStream(), settings.memoryLimit().toBytes());
	}

	@Override
	public int read() throws IOException {
		int value = super.read();
		moved((value >= 0) ? 1 : 0);
		return value;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = super.read(bytes, offset, length);
		moved(read);
		return read;
	}

	@Override
	public long skip(long bytes) throws IOException {
		long skipped = super.skip(bytes);
		moved(skipped);
		return skipped;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	private void moved(long bytes) {
		if (bytes > 0 && this.left >= 0) {
			this.left -= bytes;
			if (this.left < 0) {
				FORGOTTEN.put(this.provider, true);
				this.in.mark(0);
			}
		}
	}

}
