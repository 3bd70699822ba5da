package io.s3s3.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body of limited length: the first byte beyond the limit drops the connection, and
 * every read fails from then on. Not thread-safe.
 */
final class LimitedInputStream extends FilterInputStream {

	private final long limit;

	private final Runnable abort;

	private long count;

	LimitedInputStream(InputStream in, long limit, Runnable abort) {
		super(in);
		this.limit = limit;
		this.abort = abort;
	}

	@Override
	public int read() throws IOException {
		requireRoom();
		int value = super.read();
		count((value >= 0) ? 1 : 0);
		return value;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		requireRoom();
		int read = super.read(bytes, offset, length);
		count(read);
		return read;
	}

	@Override
	public long skip(long bytes) throws IOException {
		requireRoom();
		long skipped = super.skip(bytes);
		count(skipped);
		return skipped;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	@Override
	public void close() throws IOException {
		if (this.count <= this.limit) {
			super.close();
		}
	}

	private void count(long bytes) throws IOException {
		this.count += Math.max(0, bytes);
		if (this.count > this.limit) {
			this.abort.run();
			requireRoom();
		}
	}

	private void requireRoom() throws IOException {
		if (this.count > this.limit) {
			throw exceeded(this.limit);
		}
	}

	static IOException exceeded(long limit) {
		return new IOException("The answer is longer than " + limit + " bytes, so it is not S3's");
	}

}
