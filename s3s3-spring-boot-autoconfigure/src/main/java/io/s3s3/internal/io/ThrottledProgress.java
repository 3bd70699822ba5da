package io.s3s3.internal.io;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Passes on progress about ten times per second, and never backwards: bytes that move
 * again are not counted again. The last byte is always passed on; if the total is not
 * known before the end, that is the call {@code moved(bytes, bytes)}. Thread-safe; makes
 * one call at a time.
 */
public final class ThrottledProgress implements ByteProgress {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private final ByteProgress delegate;

	private final LongSupplier nanoTime;

	/** Guards all fields below. */
	private final ReentrantLock lock = new ReentrantLock();

	private long told = -1;

	private long toldAt;

	/**
	 * Create a throttle.
	 * @param delegate receives the progress
	 * @param nanoTime the time, as {@link System#nanoTime()} gives it
	 */
	public ThrottledProgress(ByteProgress delegate, LongSupplier nanoTime) {
		this.delegate = delegate;
		this.nanoTime = nanoTime;
	}

	@Override
	public void moved(long bytes, long total) {
		if (bytes == total) {
			this.lock.lock();
		}
		// A thread that finds the lock taken need not wait: the next one reports.
		else if (!this.lock.tryLock()) {
			return;
		}
		try {
			long now = this.nanoTime.getAsLong();
			if (bytes > this.told && (this.told < 0 || bytes == total || now - this.toldAt >= INTERVAL.toNanos())) {
				this.told = bytes;
				this.toldAt = now;
				this.delegate.moved(bytes, total);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
