package io.s3s3.internal.download;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What the subscriber of a download wants, passed on to the answer that is its turn. What
 * one answer did not bring is asked of the next. Thread-safe: one thread at a time passes
 * on, and nobody waits for it.
 */
final class DownloadDemand {

	private final Consumer<ByteBuffer> onFirst;

	/** What nobody was asked for yet. */
	private final AtomicLong wanted = new AtomicLong();

	/** What the answer was asked for and has not brought. */
	private final AtomicLong outstanding = new AtomicLong();

	private final AtomicInteger passing = new AtomicInteger();

	/** The answer whose turn it is, {@code null} between two. */
	private volatile @Nullable Turn turn;

	/**
	 * Create a demand of nothing.
	 * @param onFirst receives the first bytes of each answer, once they are wanted
	 */
	DownloadDemand(Consumer<ByteBuffer> onFirst) {
		this.onFirst = onFirst;
	}

	/**
	 * Ask for more.
	 */
	void add(long count) {
		add(this.wanted, count);
		pass();
	}

	/**
	 * Begin with an answer.
	 * @param body its body
	 * @param receiver takes it over once its first bytes were handed on
	 */
	void begin(OpenBody body, OpenBody.Receiver receiver) {
		this.turn = new Turn(body, receiver);
		pass();
	}

	/**
	 * Ask for nothing more of the answer, which has ended.
	 */
	void hold() {
		this.turn = null;
	}

	/**
	 * Note that bytes came. Returns how often more of them may come.
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
	 * The turn of an answer. Belongs to who passes on.
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
