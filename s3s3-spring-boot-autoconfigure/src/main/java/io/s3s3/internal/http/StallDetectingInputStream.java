package io.s3s3.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;

import io.s3s3.internal.http.PendingIo.Waiting;
import io.s3s3.internal.io.StreamReads;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * The body of an answer: a read ends when its thread is interrupted, and when the peer
 * falls below the minimum rate. The socket's own timeout ends stalls. Not thread-safe.
 */
final class StallDetectingInputStream extends FilterInputStream {

	/**
	 * For bytes that are already on their way; a connection is not worth a longer wait.
	 */
	private static final Duration DRAIN_TIME = Duration.ofMillis(100);

	private final Watchdog watchdog;

	private final RateMeter meter;

	private final AbortableInputStream body;

	private final PendingIo wait;

	/** Whether nothing is left to read, so that closing the stream does not wait. */
	private boolean ended;

	/** The last thread that read. */
	private Waiting reader = Waiting.ofCurrentThread(PendingIo.UNLIMITED);

	StallDetectingInputStream(AbortableInputStream body, Watchdog watchdog, StallTimeouts timeouts) {
		super(body);
		this.body = body;
		this.watchdog = watchdog;
		this.meter = RateMeter.of(timeouts.minimumRate());
		this.wait = new PendingIo(body::abort);
		watchdog.watch(this.wait);
	}

	@Override
	public int read() throws IOException {
		return StreamReads.single(this);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		long started = begin();
		try {
			int read = super.read(bytes, offset, length);
			end(started, read);
			return read;
		}
		catch (IOException ex) {
			giveUp();
			this.wait.throwReason(ex);
			throw ex;
		}
		finally {
			this.wait.pause();
		}
	}

	private long begin() {
		if (this.reader.thread() != Thread.currentThread()) {
			this.reader = Waiting.ofCurrentThread(PendingIo.UNLIMITED);
		}
		this.wait.begin(this.reader);
		return this.meter.isOn() ? System.nanoTime() : 0;
	}

	private void end(long started, int read) throws IOException {
		if (read < 0) {
			this.ended = true;
			this.watchdog.forget(this.wait);
		}
		else if (this.meter.isOn()) {
			this.meter.count(read, System.nanoTime() - started);
		}
	}

	AbortableInputStream asAbortable() {
		return AbortableInputStream.create(this, this::giveUp);
	}

	/**
	 * Abort the body: closing it would read the rest, however slowly it arrives.
	 */
	private void giveUp() {
		this.watchdog.forget(this.wait);
		this.body.abort();
	}

	@Override
	public void close() throws IOException {
		if (this.ended) {
			super.close();
			return;
		}
		this.ended = true;
		// The HTTP client reads the rest, so that the connection can be reused.
		this.wait.begin(Waiting.ofCurrentThread(DRAIN_TIME.toNanos()));
		try {
			super.close();
		}
		catch (IOException ex) {
			if (!this.wait.hasEnded()) {
				throw ex;
			}
		}
		finally {
			this.wait.pause();
			this.watchdog.forget(this.wait);
		}
	}

}
