package io.s3s3.internal.call;

import java.util.concurrent.atomic.AtomicLong;

import io.s3s3.internal.io.ByteProgress;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of a body that an attempt sends though an earlier one has sent them.
 * Attempts begin and end on the caller's thread; bytes may move on any.
 */
final class Replay {

	/** How far the body came at any attempt that is over. */
	private long sentBefore;

	private SentBytes sent = new SentBytes(null);

	/**
	 * Return what receives the progress of the next attempt.
	 * @param delegate receives it as well, {@code null} for nobody
	 */
	ByteProgress begin(@Nullable ByteProgress delegate) {
		this.sent = new SentBytes(delegate);
		return this.sent;
	}

	/**
	 * Return how much of what the attempt sent was sent before. One that ends before it
	 * begins to send has sent nothing.
	 */
	long end() {
		long bytes = this.sent.count();
		this.sent = new SentBytes(null);
		long replayed = Math.min(bytes, this.sentBefore);
		this.sentBefore = Math.max(bytes, this.sentBefore);
		return replayed;
	}

	/**
	 * How far the body came at one attempt, the furthest of the times it was opened. One
	 * that was read to its end and then opened again does not count: that is how a client
	 * signs a body before it sends it.
	 */
	private static final class SentBytes implements ByteProgress {

		private final @Nullable ByteProgress delegate;

		private final AtomicLong sinceOpened = new AtomicLong();

		/** Written by who opens the body. */
		private volatile long beforeOpened;

		private volatile boolean complete;

		SentBytes(@Nullable ByteProgress delegate) {
			this.delegate = delegate;
		}

		@Override
		public void opened() {
			this.beforeOpened = this.complete ? this.beforeOpened : count();
			this.complete = false;
			this.sinceOpened.set(0);
		}

		@Override
		public void moved(long bytes, long total) {
			this.sinceOpened.accumulateAndGet(bytes, Math::max);
			this.complete = bytes == total;
			if (this.delegate != null) {
				this.delegate.moved(bytes, total);
			}
		}

		long count() {
			return Math.max(this.beforeOpened, this.sinceOpened.get());
		}

	}

}
