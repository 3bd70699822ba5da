package io.s3s3.internal.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.s3s3.internal.io.RangeInputStream;
import io.s3s3.internal.io.StreamReads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Content that is opened again for each read, independently of other reads, and where
 * skipping to a position costs nothing. Thread-safe if its provider is.
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
			return closing(stream, new RangeInputStream(
					(position, bytes, offset, length) -> StreamReads.read(stream, bytes, offset, length), from, to));
		}
		catch (IOException | RuntimeException ex) {
			stream.close();
			throw ex;
		}
	}

	private static InputStream closing(InputStream whole, InputStream range) {
		return new FilterInputStream(range) {

			@Override
			public void close() throws IOException {
				whole.close();
			}

		};
	}

	@Override
	public @Nullable String notReplayableReason() {
		return null;
	}

	@Override
	public void close() {
	}

}
