package io.s3s3.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;

import io.s3s3.internal.io.StreamReads;
import org.jspecify.annotations.Nullable;

/**
 * Passes chunks of bytes from one thread to another, which reads them as a stream. It
 * holds only a few at a time. Guarded by "this".
 */
final class BytePipe extends InputStream {

	private static final int MAX_CHUNKS = 4;

	private final Queue<byte[]> chunks = new ArrayDeque<>();

	private byte[] current = new byte[0];

	private int position;

	private boolean ended;

	private boolean closed;

	private @Nullable IOException failure;

	/**
	 * Hand over bytes, waiting while there are too many already. Returns {@code false} if
	 * nobody reads any more.
	 */
	synchronized boolean offer(byte[] chunk) throws InterruptedIOException {
		while (this.chunks.size() >= MAX_CHUNKS && !this.closed) {
			await();
		}
		if (this.closed) {
			return false;
		}
		this.chunks.add(chunk);
		notifyAll();
		return true;
	}

	/**
	 * End the stream: no more bytes come.
	 */
	synchronized void end() {
		this.ended = true;
		notifyAll();
	}

	/**
	 * Make the reader fail.
	 */
	synchronized void fail(IOException failure) {
		this.failure = failure;
		notifyAll();
	}

	@Override
	public int read() throws IOException {
		return StreamReads.single(this);
	}

	@Override
	public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		while (this.position == this.current.length) {
			if (this.failure != null) {
				throw this.failure;
			}
			byte[] next = this.chunks.poll();
			if (next != null) {
				this.current = next;
				this.position = 0;
				notifyAll();
			}
			else if (this.ended) {
				return -1;
			}
			else {
				await();
			}
		}
		int read = Math.min(length, this.current.length - this.position);
		System.arraycopy(this.current, this.position, bytes, offset, read);
		this.position += read;
		return read;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.chunks.clear();
		notifyAll();
	}

	private void await() throws InterruptedIOException {
		try {
			wait();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted");
		}
	}

}
