package io.s3s3.internal.download;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures how long the reader of an answer does other things. Not thread-safe.
 */
final class ReaderPauses {

	/** No server gives up on a reader sooner. */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier nanoTime;

	private final long began;

	private long pauseBegan;

	private long paused;

	ReaderPauses(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.began = nanoTime.getAsLong();
		this.pauseBegan = this.began;
	}

	void beginPause() {
		this.pauseBegan = this.nanoTime.getAsLong();
	}

	void endPause() {
		this.paused += this.nanoTime.getAsLong() - this.pauseBegan;
	}

	/**
	 * Return whether the reader was away for most of the time, and long enough for a
	 * server to lose its patience.
	 */
	boolean outweighReads() {
		return this.paused >= PATIENCE && this.paused > (this.nanoTime.getAsLong() - this.began) / 2;
	}

}
