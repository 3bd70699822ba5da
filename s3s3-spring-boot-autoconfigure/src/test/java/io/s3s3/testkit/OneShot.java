package io.s3s3.testkit;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream that can't be reset, and how many of its bytes were read.
 */
public class OneShot extends FilterInputStream {

	private final AtomicLong count = new AtomicLong();

	public OneShot(byte[] content) {
		super(new ByteArrayInputStream(content));
	}

	/**
	 * Return how many bytes were read.
	 * @return the number
	 */
	public final long count() {
		return this.count.get();
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = super.read(bytes, offset, length);
		this.count.addAndGet(Math.max(0, read));
		return read;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	@Override
	public synchronized void mark(int limit) {
	}

}
