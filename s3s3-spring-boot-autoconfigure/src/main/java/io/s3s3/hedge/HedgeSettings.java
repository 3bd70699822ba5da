package io.s3s3.hedge;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;

import org.springframework.util.Assert;

/**
 * When a GET or HEAD that is not answered gets a second request, and how many second
 * requests there may be. Immutable.
 *
 * @param enabled whether all calls are hedged, rather than only those that ask for it
 * @param minimumDelay the minimum time to wait for an answer
 * @param extraRequests how many second requests there may be, as a percentage of the
 * requests
 * @param burst how many there may be at once, whatever happened before
 * @param concurrency how many of a blocking client may be in flight, each of which takes
 * a thread
 * @since 0.1.0
 */
public record HedgeSettings(boolean enabled, Duration minimumDelay, float extraRequests, int burst, int concurrency) {

	/**
	 * The default settings: only calls that ask for it are hedged. They wait for at least
	 * 20 ms, and up to 2 % of the requests are made twice, at most ten at once, on up to
	 * 16 threads.
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
