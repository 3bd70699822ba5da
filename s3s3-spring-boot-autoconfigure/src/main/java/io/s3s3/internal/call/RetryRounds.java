package io.s3s3.internal.call;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a call goes along its route once more, and when: by the limits of each
 * call, and by a budget that all calls share. Thread-safe.
 *
 * @param limits how many rounds a call may make
 * @param budget what all calls may spend on further rounds
 * @param random supplies random numbers from 0 to 1 that spread the waits
 */
public record RetryRounds(AttemptLimits limits, RetryBudget budget, DoubleSupplier random) {

	/**
	 * Return how long to wait before the next round, and pay for it.
	 * @param rounds how many rounds the call has made
	 * @param elapsed how long ago the first of them ended
	 * @param throttled whether a location throttled the call
	 * @param allowed whether the call has time for a wait
	 * @return the wait, or {@code null} if there is no further round
	 */
	@Nullable Duration next(int rounds, Duration elapsed, boolean throttled, Predicate<Duration> allowed) {
		Duration longest = this.limits.longestWait(rounds, throttled);
		Duration wait = Duration.ofNanos((long) (longest.toNanos() * this.random.getAsDouble()));
		boolean goesOn = this.limits.allowRound(rounds, elapsed, throttled) && allowed.test(wait)
				&& this.budget.tryAcquire();
		return goesOn ? wait : null;
	}

}
