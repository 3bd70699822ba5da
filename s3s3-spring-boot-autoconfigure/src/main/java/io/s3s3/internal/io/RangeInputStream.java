package io.s3s3.internal.io;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the bytes between two positions of a source that others may read at the same
 * time. Not thread-safe.
 */
public final class RangeInputStream extends InputStream {

	private final Source source;

	private final long end;

	private long position;

	/**
	 * Create a stream.
	 * @param source reads the source
	 * @param begin the first position
	 * @param end the position after the last one
	 */
	public RangeInputStream(Source source, long begin, long end) {
		this.source = source;
		this.position = begin;
		this.end = end;
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
		if (this.position >= this.end) {
			return -1;
		}
		int read = this.source.read(this.position, bytes, offset, (int) Math.min(length, this.end - this.position));
		this.position += Math.max(0, read);
		return read;
	}

	/**
	 * Reads bytes by their position.
	 */
	@FunctionalInterface
	public interface Source {

		/**
		 * Read bytes.
		 * @param position the position of the first of them
		 * @param bytes where they go
		 * @param offset where the first of them goes
		 * @param length how many of them to read at most, more than zero
		 * @return how many were read, at least one, or -1 if the source ends before the
		 * position
		 * @throws IOException if they cannot be read
		 */
		int read(long position, byte[] bytes, int offset, int length) throws IOException;

	}

}
