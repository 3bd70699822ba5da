package io.s3s3.internal.hedge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the second requests of all calls: a bucket of tokens, of which each attempt that
 * ends returns a part. Thread-safe.
 */
final class HedgeBudget {

	/** Tokens are counted in parts, so that no fraction is lost. */
	private static final long TOKEN = 1_000_000;

	private final long capacity;

	private final long refill;

	private final AtomicLong parts;

	/**
	 * Create a budget, which is full.
	 * @param burst how many tokens it holds
	 * @param percent how many tokens a hundred attempts return
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
	 * Return what an attempt earns that has ended.
	 */
	void earn() {
		// Most attempts find it full.
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
