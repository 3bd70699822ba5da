package io.s3s3.internal.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads streams that keep the contract of {@link InputStream} only loosely: one that has
 * no byte yet may report that it read none, which is not the end. Impossible numbers are
 * errors. Stateless.
 */
public final class StreamReads {

	private StreamReads() {
	}

	/**
	 * Read at least one byte, unless the stream is at its end. If the stream returns
	 * none, a single byte is read, for which it must wait.
	 * @param in the stream
	 * @param bytes where the bytes go
	 * @param offset where the first of them goes
	 * @param length how many of them to read at most
	 * @return how many were read, -1 at the end, 0 only for a length of 0
	 * @throws IOException if the stream fails, or returns an impossible number
	 */
	public static int read(InputStream in, byte[] bytes, int offset, int length) throws IOException {
		int read = in.read(bytes, offset, length);
		if (read < -1 || read > length) {
			throw broken(in, "read(byte[], int, %d) returned %d".formatted(length, read));
		}
		if (read != 0 || length == 0) {
			return read;
		}
		int value = read(in);
		if (value < 0) {
			return -1;
		}
		bytes[offset] = (byte) value;
		return 1;
	}

	/**
	 * Read a byte.
	 * @param in the stream
	 * @return the byte, or -1 at the end
	 * @throws IOException if the stream fails, or returns an impossible number
	 */
	public static int read(InputStream in) throws IOException {
		int value = in.read();
		if (value < -1 || value > 0xFF) {
			throw broken(in, "read() returned " + value);
		}
		return value;
	}

	/**
	 * Read a byte of a stream that reads several at once, as its own {@code read()} does.
	 * @param in the stream
	 * @return the byte, or -1 at the end
	 * @throws IOException if the stream fails
	 */
	public static int single(InputStream in) throws IOException {
		byte[] single = new byte[1];
		int read = in.read(single, 0, 1);
		while (read == 0) {
			read = in.read(single, 0, 1);
		}
		return (read < 0) ? -1 : single[0] & 0xFF;
	}

	/**
	 * Skip bytes.
	 * @param in the stream
	 * @param count how many of them to skip at most
	 * @return how many were skipped
	 * @throws IOException if the stream fails, or returns an impossible number
	 */
	public static long skip(InputStream in, long count) throws IOException {
		long skipped = in.skip(count);
		if (skipped < 0 || skipped > Math.max(0, count)) {
			throw broken(in, "skip(%d) returned %d".formatted(count, skipped));
		}
		return skipped;
	}

	/**
	 * Wrap a stream so that others read it as this class does.
	 * @param in the stream
	 * @return a stream that returns at least one byte from each read before its end
	 */
	public static InputStream steady(InputStream in) {
		return new SteadyInputStream(in);
	}

	private static IOException broken(InputStream in, String problem) {
		return new IOException("The stream is broken: " + in.getClass().getName() + "." + problem);
	}

	/**
	 * Returns at least one byte from each read before its end.
	 */
	private static final class SteadyInputStream extends FilterInputStream {

		SteadyInputStream(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			return StreamReads.read(this.in);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return StreamReads.read(this.in, bytes, offset, length);
		}

		@Override
		public long skip(long count) throws IOException {
			return StreamReads.skip(this.in, count);
		}

	}

}
