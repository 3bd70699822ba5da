package io.s3s3.internal.hedge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the second requests of all calls: a token bucket to which each completed attempt
 * adds a fraction of a token. Thread-safe.
 */
final class HedgeBudget {

	/** Tokens are counted in integral fractions, so that nothing is lost to rounding. */
	private static final long TOKEN = 1_000_000;

	private final long capacity;

	private final long refill;

	private final AtomicLong parts;

	/**
	 * Create a full budget.
	 * @param burst how many tokens it holds
	 * @param percent how many tokens a hundred attempts add
	 */
	HedgeBudget(int burst, float percent) {
		this.capacity = burst * TOKEN;
		this.refill = Math.round((double) percent * TOKEN / 100);
		this.parts = new AtomicLong(this.capacity);
	}

	/**
	 * Take a token.
	 * @return whether there was one
	 */
	boolean tryAcquire() {
		return this.parts.getAndUpdate((left) -> (left >= TOKEN) ? left - TOKEN : left) >= TOKEN;
	}

	/**
	 * Return a token that was not spent.
	 */
	void giveBack() {
		add(TOKEN);
	}

	/**
	 * Add what a completed attempt earns.
	 */
	void earn() {
		// For most attempts it is full already.
		if (this.parts.get() < this.capacity) {
			add(this.refill);
		}
	}

	private void add(long more) {
		this.parts.updateAndGet((left) -> Math.min(this.capacity, left + more));
	}

	/**
	 * Return how many tokens are left.
	 */
	int left() {
		return (int) (this.parts.get() / TOKEN);
	}

}
