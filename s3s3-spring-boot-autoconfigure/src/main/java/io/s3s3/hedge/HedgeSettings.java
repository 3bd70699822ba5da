package io.s3s3.hedge;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;

import org.springframework.util.Assert;

/**
 * When a GET or HEAD that is not answered gets a second request, and how many there may
 * be. Immutable.
 *
 * @param enabled whether all calls are hedged, rather than those that ask for it
 * @param minimumDelay how long an answer is waited for at least
 * @param extraRequests how many second requests there may be, in percent of the requests
 * @param burst how many there may be at once, whatever came before
 * @param concurrency how many of a blocking client may be under way, each of which takes
 * a thread
 * @since 0.1.0
 */
public record HedgeSettings(boolean enabled, Duration minimumDelay, float extraRequests, int burst, int concurrency) {

	/**
	 * The settings that hold where nothing else is said: calls are not hedged unless they
	 * ask for it. Those that do wait for 20 ms at least; 2 % of the requests are made
	 * twice, ten at once, by 16 threads.
	 */
	public static final HedgeSettings DEFAULTS = new HedgeSettings(false, Duration.ofMillis(20), 2, 10, 16);

	/**
	 * Create settings.
	 */
	public HedgeSettings {
		Assert.notNull(minimumDelay, "minimumDelay is required");
		Setting.of("s3s3.hedge.minimum-delay", minimumDelay).between(Duration.ofMillis(1), Duration.ofDays(1));
		Setting.of("s3s3.hedge.extra-requests", extraRequests).percentage();
		Setting.of("s3s3.hedge.burst", burst).atLeast(1);
		Setting.of("s3s3.hedge.concurrency", concurrency).atLeast(1);
	}

}
