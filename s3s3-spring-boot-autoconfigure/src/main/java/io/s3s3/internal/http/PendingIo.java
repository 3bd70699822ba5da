package io.s3s3.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A thread that waits for its peer. A blocked read or write of a socket ignores
 * interrupts, and a write has no timeout, so the watchdog ends it by aborting the
 * request. One thread waits, the watchdog's thread checks.
 */
final class PendingIo implements Watchdog.Watched {

	/** No limit other than the socket's own timeout. */
	static final long UNLIMITED = Long.MAX_VALUE;

	private final Runnable abort;

	/** Finds reasons other than time and interruption to end the wait. */
	private final Reason otherReason;

	/** {@code null} while no thread waits; written by the one that does. */
	private volatile @Nullable Waiting waiting;

	/** Writes guarded by "this". */
	private volatile @Nullable Exception reason;

	/** Guarded by "this". */
	private boolean over;

	PendingIo(Runnable abort) {
		this(abort, (now) -> null);
	}

	/**
	 * Create a wait.
	 * @param abort aborts the request
	 * @param otherReason finds reasons other than time and interruption to end the wait
	 */
	PendingIo(Runnable abort, Reason otherReason) {
		this.abort = abort;
		this.otherReason = otherReason;
	}

	void begin(Waiting waiting) {
		this.waiting = waiting;
	}

	void pause() {
		this.waiting = null;
	}

	@Override
	public void look(long now) {
		Waiting waiting = this.waiting;
		if (waiting == null) {
			return;
		}
		Exception found = (this.reason == null) ? reasonToEnd(waiting, now) : null;
		if (found != null) {
			end(found);
		}
		if (this.reason != null) {
			this.abort.run();
		}
	}

	/**
	 * End the wait for a reason, unless it is over or has ended for another one.
	 * @return whether it ends for this reason
	 */
	synchronized boolean end(Exception reason) {
		if (!this.over && this.reason == null) {
			this.reason = reason;
		}
		return this.reason == reason;
	}

	/**
	 * Record that the wait is over, so that nothing can end it any longer: its result is
	 * being returned.
	 * @return whether nothing had ended it before
	 */
	synchronized boolean finish() {
		this.over = true;
		return this.reason == null;
	}

	private @Nullable Exception reasonToEnd(Waiting waiting, long now) {
		if (waiting.thread().isInterrupted()) {
			return new InterruptedIOException("Interrupted while waiting for the peer");
		}
		return (now - waiting.since() > waiting.allowed()) ? waiting.exceeded() : this.otherReason.find(now);
	}

	/**
	 * Return whether the watchdog aborted the request.
	 */
	boolean hasEnded() {
		return this.reason != null;
	}

	/**
	 * Throw the reason why the watchdog aborted the request, if it did.
	 * @param error what the aborted request threw
	 * @throws IOException the reason
	 */
	void throwReason(Exception error) throws IOException {
		Exception reason = this.reason;
		if (reason == null) {
			return;
		}
		if (error != reason && error.getCause() != reason) {
			reason.addSuppressed(error);
		}
		if (reason instanceof RuntimeException exception) {
			throw exception;
		}
		throw (IOException) reason;
	}

	/**
	 * Finds a reason to end a wait.
	 */
	@FunctionalInterface
	interface Reason {

		/**
		 * Return the reason, or {@code null} if there is none.
		 * @param now the time, by nanoTime
		 */
		@Nullable SdkClientException find(long now);

	}

	/**
	 * A thread that waits, and for how long.
	 *
	 * @param thread the thread
	 * @param since when the wait began, by nanoTime
	 * @param allowed how long it may take, in nanoseconds
	 * @param timeout creates the exception for a longer wait, or {@code null} for the
	 * default one
	 */
	record Waiting(Thread thread, long since, long allowed, @Nullable Supplier<? extends Exception> timeout) {

		static Waiting ofCurrentThread(long allowed) {
			return ofCurrentThread(allowed, null);
		}

		static Waiting ofCurrentThread(long allowed, @Nullable Supplier<? extends Exception> timeout) {
			return new Waiting(Thread.currentThread(), System.nanoTime(), allowed, timeout);
		}

		Exception exceeded() {
			return (this.timeout != null) ? this.timeout.get() : new SocketTimeoutException(
					"Gave up waiting for the peer after " + TimeUnit.NANOSECONDS.toMillis(this.allowed) + " ms");
		}

	}

}
