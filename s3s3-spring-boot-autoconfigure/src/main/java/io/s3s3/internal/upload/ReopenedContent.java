package io.s3s3.internal.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.s3s3.internal.io.StreamReads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Content that is opened again for each read, independently of other reads, and where
 * going to a position costs nothing. Thread-safe if its provider is.
 */
final class ReopenedContent implements Content {

	private final ContentStreamProvider provider;

	private final long length;

	ReopenedContent(ContentStreamProvider provider, long length) {
		this.provider = provider;
		this.length = length;
	}

	@Override
	public long fill(long position) {
		return Math.min(position, this.length);
	}

	@Override
	public boolean holds(long position) {
		return true;
	}

	@Override
	public InputStream open(long from, long to) throws IOException {
		InputStream stream = this.provider.newStream();
		try {
			stream.skipNBytes(from);
			return new Slice(stream, to - from);
		}
		catch (IOException | RuntimeException ex) {
			stream.close();
			throw ex;
		}
	}

	@Override
	public @Nullable String notReplayableReason() {
		return null;
	}

	@Override
	public void close() {
	}

	/**
	 * The first bytes of a stream.
	 */
	private static final class Slice extends FilterInputStream {

		private long left;

		Slice(InputStream in, long length) {
			super(in);
			this.left = length;
		}

		@Override
		public int read() throws IOException {
			return StreamReads.single(this);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			int read = (this.left > 0) ? StreamReads.read(this.in, bytes, offset, (int) Math.min(length, this.left))
					: -1;
			this.left -= Math.max(0, read);
			return read;
		}

		@Override
		public long skip(long bytes) throws IOException {
			long skipped = StreamReads.skip(this.in, Math.min(bytes, this.left));
			this.left -= skipped;
			return skipped;
		}

		@Override
		public int available() throws IOException {
			return (int) Math.min(this.left, Math.max(0, super.available()));
		}

		@Override
		public boolean markSupported() {
			return false;
		}

	}

}
