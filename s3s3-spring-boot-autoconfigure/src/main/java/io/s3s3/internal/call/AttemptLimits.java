package io.s3s3.internal.call;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts a call may make, and in how much time. The defaults are those of a
 * plain client of the AWS SDK, which tries a request four times and waits longer when
 * throttled.
 *
 * @param maxRounds how often a call goes along its route while its locations fail in ways
 * that may be transient
 * @param backOff the longest wait before the second round; it doubles with each round
 * @param callTimeout how long the whole call may take, or {@code null} for no limit
 */
public record AttemptLimits(int maxRounds, Duration backOff, @Nullable Duration callTimeout) {

	private static final Duration LONGEST = Duration.ofDays(1);

	/** How much longer to wait when a location throttles. */
	private static final int THROTTLED_FACTOR = 5;

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

	/** The maximum wait is reached long before. */
	private static final int MAX_DOUBLINGS = 20;

	/**
	 * Four rounds, with waits of up to 100 ms at first, and no time limit.
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
	 * all be short, so the number of rounds alone would not ensure that a call lasts as
	 * long as one of the plain SDK: half of the longest waits.
	 * @param rounds how many rounds the call has made
	 * @param elapsed how long it has taken since the end of the first of them
	 * @param throttled whether a location throttled the call
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
	 * Return the maximum wait before the next round.
	 * @param rounds how many rounds the call has made
	 * @param throttled whether a location throttled the call
	 * @return the duration
	 */
	Duration longestWait(int rounds, boolean throttled) {
		Duration wait = this.backOff.multipliedBy(throttled ? THROTTLED_FACTOR : 1)
			.multipliedBy(1L << Math.min(rounds - 1, MAX_DOUBLINGS));
		Duration longest = (this.backOff.compareTo(LONGEST_WAIT) > 0) ? this.backOff : LONGEST_WAIT;
		return (wait.compareTo(longest) < 0) ? wait : longest;
	}

}
