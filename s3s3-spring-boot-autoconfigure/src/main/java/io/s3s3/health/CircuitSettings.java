package io.s3s3.health;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * When the circuit of a location opens. Immutable.
 *
 * @param consecutiveFailures how many calls in a row fail before it opens, at least 1
 * @param withoutSuccess for how long no call has succeeded by then, so that a handful of
 * connections that break at once are not an outage
 * @param failureRate which part of the last calls fails before it opens, in percent, more
 * than 0 and at most 100
 * @param windowSize how many calls are the last, at least 1
 * @param minimumCalls how many of them there must be, at least 1
 * @param consecutiveThrottles how many calls in a row are asked to come less often before
 * it opens, at least 1
 * @param slowCall how long a call takes to be slow, or {@code null} if none is
 * @param slowCallRate which part of the last calls is slow before it opens, in percent,
 * more than 0 and at most 100
 * @since 0.1.0
 */
public record CircuitSettings(int consecutiveFailures, Duration withoutSuccess, float failureRate, int windowSize,
		int minimumCalls, int consecutiveThrottles, @Nullable Duration slowCall, float slowCallRate) {

	/**
	 * What suits a call a minute as well as a thousand a second: 3 failures in a row with
	 * no success for 100 ms, half of the last 100 calls but at least 20, 20 throttles in
	 * a row; slow calls don't count.
	 */
	public static final CircuitSettings DEFAULTS = new CircuitSettings(3, Duration.ofMillis(100), 50, 100, 20, 20, null,
			80);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	public CircuitSettings {
		Assert.isTrue(consecutiveFailures >= 1, "consecutiveFailures must be at least 1");
		Assert.isTrue(!withoutSuccess.isNegative(), "withoutSuccess must not be negative");
		Assert.isTrue(failureRate > 0 && failureRate <= 100, "failureRate must be more than 0 and at most 100");
		Assert.isTrue(windowSize >= 1, "windowSize must be at least 1");
		Assert.isTrue(minimumCalls >= 1 && minimumCalls <= windowSize,
				"minimumCalls must be at least 1 and at most windowSize");
		Assert.isTrue(consecutiveThrottles >= 1, "consecutiveThrottles must be at least 1");
		Assert.isTrue(slowCall == null || slowCall.compareTo(Duration.ZERO) > 0, "slowCall must be more than zero");
		Assert.isTrue(slowCallRate > 0 && slowCallRate <= 100, "slowCallRate must be more than 0 and at most 100");
	}

}
