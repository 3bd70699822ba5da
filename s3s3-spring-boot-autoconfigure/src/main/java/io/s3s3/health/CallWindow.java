package io.s3s3.health;

import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the last calls: a ring that keeps exact sums, so that adding an outcome
 * costs the same however long the ring is. Thread-safe.
 */
final class CallWindow {

	private static final int FAILED = 1;

	private static final int SLOW = 2;

	private final int minimumCalls;

	/** Guarded by "this", like the fields below. */
	private final byte[] ring;

	private int next;

	private int calls;

	private int failures;

	private int slowCalls;

	CallWindow(int size, int minimumCalls) {
		this.ring = new byte[size];
		this.minimumCalls = minimumCalls;
	}

	synchronized void add(boolean failed, boolean slow) {
		if (this.calls < this.ring.length) {
			this.calls++;
		}
		else {
			count(this.ring[this.next], -1);
		}
		byte outcome = (byte) ((failed ? FAILED : 0) | (slow ? SLOW : 0));
		count(outcome, 1);
		this.ring[this.next] = outcome;
		this.next = (this.next + 1) % this.ring.length;
	}

	synchronized Metrics metrics() {
		return new Metrics(this.calls, this.failures, rate(this.failures), rate(this.slowCalls));
	}

	private void count(byte outcome, int change) {
		if ((outcome & FAILED) != 0) {
			this.failures += change;
		}
		if ((outcome & SLOW) != 0) {
			this.slowCalls += change;
		}
	}

	private @Nullable Float rate(int part) {
		return (this.calls >= this.minimumCalls) ? 100f * part / this.calls : null;
	}

	/**
	 * What is known about the last calls. The rates are percentages, or {@code null} if
	 * there are too few calls.
	 */
	record Metrics(int calls, int failures, @Nullable Float failureRate, @Nullable Float slowCallRate) {

	}

}
