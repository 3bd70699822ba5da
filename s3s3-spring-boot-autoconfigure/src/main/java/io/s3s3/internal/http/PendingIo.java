package io.s3s3.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for its peer. A blocked read or write of a socket does not heed an
 * interrupt, nor does a write have a timeout: the watchdog ends it by aborting the
 * request. One thread waits, the watchdog's thread looks.
 */
final class PendingIo implements Watchdog.Watched {

	/** As long as it takes, or until the socket's own timeout ends it. */
	static final long UNLIMITED = Long.MAX_VALUE;

	private final Runnable abort;

	/** Null while no thread waits; written by the one that does. */
	private volatile @Nullable Waiting waiting;

	/** Written by the watchdog, or by the thread that waits. */
	private volatile @Nullable IOException reason;

	PendingIo(Runnable abort) {
		this.abort = abort;
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
		if (this.reason == null) {
			this.reason = reasonToEnd(waiting, now);
		}
		if (this.reason != null) {
			this.abort.run();
		}
	}

	/**
	 * End the wait for a reason that the watchdog does not know.
	 */
	void end(IOException reason) {
		this.reason = reason;
	}

	private static @Nullable IOException reasonToEnd(Waiting waiting, long now) {
		if (waiting.thread().isInterrupted()) {
			return new InterruptedIOException("Interrupted while waiting for the peer");
		}
		return (now - waiting.since() > waiting.allowed()) ? waiting.timeout().get() : null;
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
		IOException reason = this.reason;
		if (reason != null) {
			if (error.getCause() != reason) {
				reason.addSuppressed(error);
			}
			throw reason;
		}
	}

	/**
	 * A thread that waits, and for how long.
	 *
	 * @param thread the thread
	 * @param since since when, by nanoTime
	 * @param allowed for how long it may, in nanoseconds
	 * @param timeout creates the exception for a longer wait
	 */
	record Waiting(Thread thread, long since, long allowed, Supplier<IOException> timeout) {

		static Waiting ofCurrentThread(long allowed) {
			return ofCurrentThread(allowed, () -> new SocketTimeoutException(
					"Gave up waiting for the peer after " + TimeUnit.NANOSECONDS.toMillis(allowed) + " ms"));
		}

		static Waiting ofCurrentThread(long allowed, Supplier<IOException> timeout) {
			return new Waiting(Thread.currentThread(), System.nanoTime(), allowed, timeout);
		}

	}

}
