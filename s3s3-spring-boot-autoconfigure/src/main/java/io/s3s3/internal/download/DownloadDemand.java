package io.s3s3.internal.download;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The demand of the subscriber of a download, passed on to the current answer. What one
 * answer did not deliver is requested from the next. Thread-safe: one thread at a time
 * passes it on, and nobody waits for it.
 */
final class DownloadDemand {

	private final Consumer<ByteBuffer> onFirst;

	/** Demand that has not been passed on. */
	private final AtomicLong wanted = new AtomicLong();

	/** Demand that the answer has not met. */
	private final AtomicLong outstanding = new AtomicLong();

	private final AtomicInteger passing = new AtomicInteger();

	/** The current answer, or {@code null} between two answers. */
	private volatile @Nullable Turn turn;

	/**
	 * Create a demand of zero.
	 * @param onFirst receives the first bytes of each answer, once there is demand
	 */
	DownloadDemand(Consumer<ByteBuffer> onFirst) {
		this.onFirst = onFirst;
	}

	/**
	 * Add to the demand.
	 */
	void add(long count) {
		add(this.wanted, count);
		pass();
	}

	/**
	 * Switch to an answer.
	 * @param body its body
	 * @param receiver takes it over once its first bytes were passed on
	 */
	void begin(OpenBody body, OpenBody.Receiver receiver) {
		this.turn = new Turn(body, receiver);
		pass();
	}

	/**
	 * Stop requesting from the answer, which has ended.
	 */
	void hold() {
		this.turn = null;
	}

	/**
	 * Record that bytes arrived. Returns how many more signals are due.
	 */
	long came() {
		return this.outstanding.updateAndGet((left) -> (left == Long.MAX_VALUE || left == 0) ? left : left - 1);
	}

	private void pass() {
		if (this.passing.getAndIncrement() != 0) {
			return;
		}
		do {
			Turn turn = this.turn;
			if (turn != null) {
				pass(turn);
			}
		}
		while (this.passing.decrementAndGet() != 0);
	}

	private void pass(Turn turn) {
		if (!turn.begun) {
			turn.begun = true;
			add(this.wanted, this.outstanding.getAndSet(0));
		}
		if (!turn.takenOver && turn.body.first() != null) {
			if (this.wanted.get() == 0) {
				return;
			}
			this.wanted.updateAndGet((left) -> (left == Long.MAX_VALUE) ? left : left - 1);
			ByteBuffer first = turn.body.takeFirst();
			if (first != null) {
				this.onFirst.accept(first);
			}
		}
		if (!turn.takenOver) {
			turn.takenOver = true;
			turn.body.takeOver(turn.receiver);
		}
		long wanted = (this.turn == turn) ? this.wanted.getAndSet(0) : 0;
		if (wanted > 0) {
			add(this.outstanding, wanted);
			turn.body.request(wanted);
		}
	}

	private static void add(AtomicLong sum, long count) {
		sum.updateAndGet((before) -> (before + count < 0) ? Long.MAX_VALUE : before + count);
	}

	/**
	 * The turn of an answer. Belongs to the thread that passes on the demand.
	 */
	private static final class Turn {

		private final OpenBody body;

		private final OpenBody.Receiver receiver;

		private boolean begun;

		private boolean takenOver;

		Turn(OpenBody body, OpenBody.Receiver receiver) {
			this.body = body;
			this.receiver = receiver;
		}

	}

}
