package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attempts that a second request had to save count as slow, however soon they ended.
 */
class OvertakenAttemptTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private int subjects;

	@Test
	void aRowOfThemIsSuspicious() {
		LatencyWatch watch = new LatencyWatch(Duration.ofMillis(500));
		for (int i = 0; i < 20; i++) {
			watch.add(attempt(false));
		}
		for (int i = 0; i < 4; i++) {
			watch.add(attempt(true));
		}
		assertThat(watch.isSuspicious()).isFalse();

		watch.add(attempt(true));

		assertThat(watch.isSuspicious()).isTrue();
	}

	@Test
	void aFewOfThemAreNot() {
		LatencyWatch watch = new LatencyWatch(Duration.ofMillis(500));
		for (int i = 0; i < 1000; i++) {
			watch.add(attempt(i % 5 < 4));
			assertThat(watch.isSuspicious()).isFalse();
		}
	}

	@Test
	void theyOpenTheCircuitOfSlowCalls() {
		CallRates rates = new CallRates(new RateSettings(10, 5, 50, Duration.ofSeconds(1), 80));
		for (int i = 0; i < 4; i++) {
			assertThat(rates.succeeded(attempt(true))).isNull();
		}

		assertThat(rates.succeeded(attempt(true))).isEqualTo(StatusReason.SLOW_CALLS);
	}

	@Test
	void theyShowThoughSlowCallsOpenNothing() {
		CallRates rates = new CallRates(new RateSettings(10, 5, 50, null, 80));
		for (int i = 0; i < 5; i++) {
			assertThat(rates.succeeded(attempt(true))).isNull();
		}

		assertThat(rates.metrics().slowCallRate()).isEqualTo(100);
	}

	private Attempt attempt(boolean overtaken) {
		return new Attempt(LocationRole.PRIMARY, 0, SOON, "key" + this.subjects++, overtaken);
	}

}
