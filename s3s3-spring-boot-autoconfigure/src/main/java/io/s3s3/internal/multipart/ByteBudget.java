package io.s3s3.internal.multipart;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that all open uploads together may keep. Thread-safe.
 */
final class ByteBudget {

	private final long limit;

	private final AtomicLong taken = new AtomicLong();

	ByteBudget(long limit) {
		this.limit = limit;
	}

	/**
	 * Take bytes, all or none. Returns whether there were enough.
	 */
	boolean take(long bytes) {
		long before = this.taken.get();
		while (bytes <= this.limit - before) {
			if (this.taken.compareAndSet(before, before + bytes)) {
				return true;
			}
			before = this.taken.get();
		}
		return false;
	}

	void giveBack(long bytes) {
		this.taken.addAndGet(-bytes);
	}

	long taken() {
		return this.taken.get();
	}

}
