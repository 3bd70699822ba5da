package io.s3s3.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;

/**
 * One request with a body on its way to the peer. The HTTP client reads the next bytes of
 * the body only when the peer has taken the ones before: between two reads, the peer is
 * what we wait for.
 */
final class WatchedWrite {

	private static final long NOT_WRITING = Long.MIN_VALUE;

	private final ScheduledExecutorService watchdog;

	private final Duration writeTimeout;

	private final Duration readTimeout;

	private final @Nullable Long length;

	/** Since when the same bytes wait, by nanoTime; written by the caller's thread. */
	private volatile long waitingSince = NOT_WRITING;

	/** Written by the caller's thread. */
	private volatile long count;

	/** Written by the caller's thread. */
	private volatile boolean ended;

	/** Written by the watchdog's thread. */
	private volatile boolean timedOut;

	/** Guarded by "this". */
	private @Nullable Future<?> look;

	/** Guarded by "this". */
	private boolean done;

	WatchedWrite(ScheduledExecutorService watchdog, Duration writeTimeout, Duration readTimeout,
			@Nullable Long length) {
		this.watchdog = watchdog;
		this.writeTimeout = writeTimeout;
		this.readTimeout = readTimeout;
		this.length = length;
	}

	ContentStreamProvider watch(ContentStreamProvider content) {
		return new ContentStreamProvider() {

			@Override
			public InputStream newStream() {
				WatchedWrite.this.count = 0;
				WatchedWrite.this.ended = false;
				WatchedWrite.this.waitingSince = NOT_WRITING;
				return new WatchedStream(content.newStream());
			}

			@Override
			public String name() {
				return content.name();
			}

		};
	}

	ExecutableHttpRequest watch(ExecutableHttpRequest request) {
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				return callWatched(request, request::abort);
			}

			@Override
			public void abort() {
				request.abort();
			}

		};
	}

	private HttpExecuteResponse callWatched(Callable<HttpExecuteResponse> request, Runnable abort) throws IOException {
		lookAgain(this.writeTimeout.toNanos(), abort);
		try {
			return request.call();
		}
		catch (Exception ex) {
			if (this.timedOut) {
				SocketTimeoutException timeout = new SocketTimeoutException(
						"Write timed out: no byte of the body was taken in " + this.writeTimeout.toMillis() + " ms");
				timeout.addSuppressed(ex);
				throw timeout;
			}
			if (ex instanceof IOException failure) {
				throw failure;
			}
			throw (RuntimeException) ex;
		}
		finally {
			end();
		}
	}

	private void look(Runnable abort) {
		long since = this.waitingSince;
		long waited = (since != NOT_WRITING) ? System.nanoTime() - since : 0;
		long left = allowed() - waited;
		if (left <= 0) {
			this.timedOut = true;
			abort.run();
		}
		else {
			lookAgain(left, abort);
		}
	}

	// Behind the last byte comes the wait for the answer, which ends by itself.
	private long allowed() {
		boolean last = this.ended || (this.length != null && this.count >= this.length);
		return this.writeTimeout.toNanos() + (last ? this.readTimeout.toNanos() : 0);
	}

	private synchronized void lookAgain(long nanos, Runnable abort) {
		if (this.done) {
			return;
		}
		try {
			this.look = this.watchdog.schedule(() -> look(abort), nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The client was closed: its connections are, too.
			this.look = null;
		}
	}

	private synchronized void end() {
		this.done = true;
		if (this.look != null) {
			this.look.cancel(false);
		}
	}

	/**
	 * Notes when the bytes that were read last begin to wait.
	 */
	private final class WatchedStream extends FilterInputStream {

		WatchedStream(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			WatchedWrite.this.waitingSince = NOT_WRITING;
			int value = super.read();
			handedOut((value >= 0) ? 1 : -1);
			return value;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			WatchedWrite.this.waitingSince = NOT_WRITING;
			int read = super.read(bytes, offset, length);
			handedOut(read);
			return read;
		}

		@SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
		private void handedOut(int bytes) {
			WatchedWrite.this.ended = bytes < 0;
			WatchedWrite.this.count += Math.max(0, bytes);
			WatchedWrite.this.waitingSince = System.nanoTime();
		}

	}

}
