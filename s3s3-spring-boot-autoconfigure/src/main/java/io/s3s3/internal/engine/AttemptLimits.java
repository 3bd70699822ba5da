package io.s3s3.internal.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How many attempts a call may make, and in which time.
 *
 * @param maxRounds how often a call may go along its route, at least 1
 * @param backOff how long to wait between two rounds, not negative
 * @param callTimeout how long all of it may take, more than zero, {@code null} for as
 * long as it takes
 */
public record AttemptLimits(int maxRounds, Duration backOff, @Nullable Duration callTimeout) {

	/**
	 * Each location once, as long as it takes.
	 */
	public static final AttemptLimits DEFAULT = new AttemptLimits(1, Duration.ZERO, null);

	/**
	 * Create limits.
	 */
	public AttemptLimits {
		Assert.isTrue(maxRounds >= 1, () -> "The number of rounds must be at least 1, not " + maxRounds);
		Assert.isTrue(!backOff.isNegative(), () -> "The wait between rounds must not be negative, but is " + backOff);
		Assert.isTrue(callTimeout == null || (!callTimeout.isZero() && !callTimeout.isNegative()),
				() -> "The time of a call must be more than zero, not " + callTimeout);
	}

}
