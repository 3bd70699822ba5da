package io.s3s3.internal.io;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Counts what is read from a stream, and records what the stream throws and whether it
 * ends too early. Before the end, each read returns at least one byte, whatever the
 * stream does. Not thread-safe.
 */
public final class MonitoredInputStream extends FilterInputStream {

	private final long total;

	private final @Nullable ByteProgress progress;

	private final Consumer<Throwable> onFailure;

	private long count;

	private long marked;

	/**
	 * Create a stream.
	 * @param in the stream to read
	 * @param total how many bytes it has, or -1 if that is not known
	 * @param progress receives the progress, or {@code null}
	 * @param onFailure receives what the stream throws, or that it ended too early
	 */
	public MonitoredInputStream(InputStream in, long total, @Nullable ByteProgress progress,
			Consumer<Throwable> onFailure) {
		super(in);
		this.total = total;
		this.progress = progress;
		this.onFailure = onFailure;
	}

	@Override
	public int read() throws IOException {
		try {
			int value = StreamReads.read(this.in);
			moved((value >= 0) ? 1 : -1);
			return value;
		}
		catch (IOException | RuntimeException ex) {
			this.onFailure.accept(ex);
			throw ex;
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			int read = StreamReads.read(this.in, bytes, offset, length);
			moved(read);
			return read;
		}
		catch (IOException | RuntimeException ex) {
			this.onFailure.accept(ex);
			throw ex;
		}
	}

	@Override
	public long skip(long bytes) throws IOException {
		long skipped = StreamReads.skip(this.in, bytes);
		moved(skipped);
		return skipped;
	}

	@Override
	public synchronized void mark(int limit) {
		super.mark(limit);
		this.marked = this.count;
	}

	@Override
	public synchronized void reset() throws IOException {
		super.reset();
		this.count = this.marked;
	}

	private void moved(long bytes) {
		if (bytes < 0 && this.count < this.total) {
			this.onFailure
				.accept(new EOFException("The body ended after %d of %d bytes".formatted(this.count, this.total)));
		}
		if (bytes > 0) {
			this.count += bytes;
			if (this.progress != null) {
				this.progress.moved(this.count, this.total);
			}
		}
	}

}
