package io.s3s3.internal.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

import io.s3s3.internal.http.PendingIo.Waiting;
import io.s3s3.internal.io.AbandonedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The time that a request may take until it is answered, whatever it waits for, and its
 * progress. The time taken by the credentials is subtracted and, where another location
 * could stand in, so is the time in the queue for a connection: the queue and the answer
 * together get no more than a read timeout. Written by the thread that makes the request,
 * read by the watchdog.
 */
final class AnswerBudget {

	/** In nanoseconds; a shorter wait for a connection does not count as a queue. */
	private static final long SHORTEST_QUEUE = Duration.ofMillis(50).toNanos();

	/** A location that had the other three quarters of the time is itself to blame. */
	private static final int LARGEST_SHARE_OF_QUEUE = 4;

	/** In nanoseconds; the minimum for the answer, however long the queue was. */
	private static final long LEAST_FOR_ANSWER = Duration.ofMillis(250).toNanos();

	/** A socket takes this many bytes at once, so that sending them takes no time. */
	private static final long SMALL_BODY = 64 * 1024;

	private final boolean hasBody;

	/** How long the queue and the answer may take together, in nanoseconds. */
	private final long untilAnswer;

	private volatile long allowed;

	/** Zero unless it is subtracted. Written by the thread that makes the request. */
	private volatile long queued;

	/** Written by the thread that makes the request. */
	private long started;

	private volatile Stage stage = Stage.LEASE;

	/**
	 * Create a budget.
	 * @param allowed how long everything may take until the answer
	 * @param untilAnswer how long the queue for a connection and the answer may take
	 * together
	 * @param hasBody whether the request has a body
	 */
	AnswerBudget(Duration allowed, Duration untilAnswer, boolean hasBody) {
		this.allowed = Math.max(1, allowed.toNanos() - CredentialsTime.take());
		this.untilAnswer = untilAnswer.toNanos();
		this.hasBody = hasBody;
	}

	Waiting begin() {
		Waiting waiting = Waiting.ofCurrentThread(this.allowed, this::exceeded);
		this.started = waiting.since();
		return waiting;
	}

	long left() {
		return this.started + this.allowed - System.nanoTime();
	}

	void cameTo(Stage stage) {
		this.stage = stage;
	}

	/**
	 * Return whether the request still waits for a connection of the pool.
	 */
	boolean isQueued() {
		return this.stage == Stage.LEASE;
	}

	/**
	 * Subtract the time in the queue, now that there is a connection.
	 * @return the wait from now on, or {@code null} if it does not change
	 */
	@Nullable Waiting leased() {
		long queued = System.nanoTime() - this.started;
		long shorter = Math.max(this.untilAnswer, queued + LEAST_FOR_ANSWER);
		if (queued < SHORTEST_QUEUE || shorter >= this.allowed) {
			return null;
		}
		this.queued = queued;
		this.allowed = shorter;
		return new Waiting(Thread.currentThread(), this.started, shorter, this::exceeded);
	}

	/**
	 * Return the wait for the answer to a body that was passed on.
	 * @param bytes the length of the body
	 * @param allowed how long the answer may take if there was no queue, in nanoseconds
	 */
	Waiting answerTo(long bytes, long allowed) {
		if (this.queued == 0 || bytes > SMALL_BODY) {
			return Waiting.ofCurrentThread(allowed);
		}
		long left = Math.max(this.untilAnswer - this.queued, LEAST_FOR_ANSWER);
		return Waiting.ofCurrentThread(left, () -> wasCutShort() ? cutShort() : noAnswer(left));
	}

	/**
	 * Return whether the queue left the location so little time that its silence means
	 * nothing.
	 */
	private boolean wasCutShort() {
		return this.queued > this.untilAnswer / LARGEST_SHARE_OF_QUEUE;
	}

	private static Exception cutShort() {
		return AbandonedException.create("Gave up waiting: the queue for a connection had taken up the time", true);
	}

	private static Exception noAnswer(long nanos) {
		return new SocketTimeoutException("No answer within " + Duration.ofNanos(nanos).toMillis() + " ms");
	}

	/**
	 * Return the exception that says which stage exceeded the budget.
	 */
	Exception exceeded() {
		if (this.stage == Stage.CONNECTION && wasCutShort()) {
			return cutShort();
		}
		long millis = Duration.ofNanos(this.allowed).toMillis();
		return switch (this.stage) {
			case LEASE -> new ConnectionRequestTimeoutException("No connection was free within " + millis + " ms");
			case NAME -> new ConnectTimeoutException("The name did not resolve within " + millis + " ms");
			case CONNECTION ->
				this.hasBody ? new ConnectTimeoutException("The body was not asked for within " + millis + " ms")
						: noAnswer(this.allowed);
		};
	}

	/**
	 * What a request waits for.
	 */
	enum Stage {

		/** For a connection of the pool. */
		LEASE,

		/** For the addresses of a name. */
		NAME,

		/** For a connection, TLS, permission to send a body, or an answer. */
		CONNECTION

	}

}
