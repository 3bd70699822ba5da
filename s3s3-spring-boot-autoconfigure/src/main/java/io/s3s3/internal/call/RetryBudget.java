package io.s3s3.internal.call;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the rounds that all calls together make beyond their first, so that an outage of
 * all locations does not cause a storm of retries: a token bucket, like the one that the
 * <a href=
 * "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">SDK's
 * retries</a> have for each client. Thread-safe.
 */
public final class RetryBudget {

	private static final int CAPACITY = 500;

	private static final int COST_OF_ROUND = 5;

	private final AtomicInteger tokens = new AtomicInteger(CAPACITY);

	/**
	 * Take the cost of a round.
	 * @return whether there was enough left
	 */
	boolean tryAcquire() {
		return this.tokens
			.getAndUpdate((left) -> (left >= COST_OF_ROUND) ? left - COST_OF_ROUND : left) >= COST_OF_ROUND;
	}

	/**
	 * Allow no round any more: whoever goes on after a client was closed only finds it
	 * closed again.
	 */
	public void close() {
		this.tokens.set(Integer.MIN_VALUE);
	}

	/**
	 * Return what a successful call took, but at least one token.
	 * @param rounds how many rounds it took beyond its first
	 */
	void succeeded(int rounds) {
		// For most calls it is full already.
		if (this.tokens.get() < CAPACITY) {
			int returned = Math.max(1, rounds * COST_OF_ROUND);
			this.tokens.updateAndGet((left) -> Math.min(CAPACITY, left + returned));
		}
	}

}
