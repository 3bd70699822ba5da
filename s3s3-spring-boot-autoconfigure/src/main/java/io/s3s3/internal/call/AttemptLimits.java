package io.s3s3.internal.call;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts a call may make, and in which time. The defaults are those of a
 * client of the AWS SDK by itself, which tries a request four times and waits longer when
 * it was asked to.
 *
 * @param maxRounds how often a call goes along its route while its locations fail in ways
 * that may pass
 * @param backOff the longest wait before the second round; it doubles with each round
 * @param callTimeout how long all of it may take, {@code null} for as long as it takes
 */
public record AttemptLimits(int maxRounds, Duration backOff, @Nullable Duration callTimeout) {

	private static final Duration LONGEST = Duration.ofDays(1);

	/** How much longer to wait when a location asked for fewer requests. */
	private static final int THROTTLED_FACTOR = 5;

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

	/** Twenty seconds are reached long before. */
	private static final int MAX_DOUBLINGS = 20;

	/**
	 * Four rounds, with waits from 100 ms on, as long as it takes.
	 */
	public static final AttemptLimits DEFAULT = new AttemptLimits(4, Duration.ofMillis(100), null);

	/**
	 * Create limits.
	 */
	public AttemptLimits {
		Setting.of("s3s3.failover.max-rounds", maxRounds).atLeast(1);
		Setting.of("s3s3.failover.back-off", backOff).between(Duration.ZERO, LONGEST);
		Setting.of("s3s3.failover.call-timeout", callTimeout).between(Duration.ofMillis(1), LONGEST);
	}

	/**
	 * Return whether a call may go along its route once more. Waits are random and may
	 * all be short, so that the number of rounds alone would not make sure that the call
	 * outlasts what the SDK by itself does: half of the longest waits.
	 * @param rounds how many rounds the call has made
	 * @param elapsed how long it has taken since the end of the first of them
	 * @param throttled whether a location asked for fewer requests
	 * @return whether it may
	 */
	boolean allowRound(int rounds, Duration elapsed, boolean throttled) {
		if (rounds < this.maxRounds) {
			return true;
		}
		Duration least = Duration.ZERO;
		for (int round = 1; round < this.maxRounds; round++) {
			least = least.plus(longestWait(round, throttled).dividedBy(2));
		}
		return elapsed.compareTo(least) < 0;
	}

	/**
	 * Return how long to wait at most before the next round.
	 * @param rounds how many rounds the call has made
	 * @param throttled whether a location asked for fewer requests
	 * @return the duration
	 */
	Duration longestWait(int rounds, boolean throttled) {
		Duration wait = this.backOff.multipliedBy(throttled ? THROTTLED_FACTOR : 1)
			.multipliedBy(1L << Math.min(rounds - 1, MAX_DOUBLINGS));
		Duration longest = (this.backOff.compareTo(LONGEST_WAIT) > 0) ? this.backOff : LONGEST_WAIT;
		return (wait.compareTo(longest) < 0) ? wait : longest;
	}

}
