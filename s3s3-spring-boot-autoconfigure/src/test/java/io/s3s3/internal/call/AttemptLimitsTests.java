package io.s3s3.internal.call;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AttemptLimits}.
 */
class AttemptLimitsTests {

	private static final AttemptLimits LIMITS = AttemptLimits.DEFAULT;

	@Test
	void doublesTheWaitWithEachRound() {
		assertThat(LIMITS.longestWait(1, false)).hasMillis(100);
		assertThat(LIMITS.longestWait(2, false)).hasMillis(200);
		assertThat(LIMITS.longestWait(3, false)).hasMillis(400);
	}

	@Test
	void waitsLongerWhereALocationThrottles() {
		assertThat(LIMITS.longestWait(1, true)).hasMillis(500);
		assertThat(LIMITS.longestWait(3, true)).hasMillis(2000);
	}

	@Test
	void neverWaitsLongerThanTheSdk() {
		assertThat(LIMITS.longestWait(9, true)).hasSeconds(20);
		assertThat(LIMITS.longestWait(Integer.MAX_VALUE, true)).hasSeconds(20);
	}

	@Test
	void waitsAsLongAsItIsTold() {
		AttemptLimits limits = new AttemptLimits(2, Duration.ofMinutes(1), null);

		assertThat(limits.longestWait(1, false)).hasMinutes(1);
		assertThat(limits.longestWait(5, true)).hasMinutes(1);
	}

	@Test
	void allowsItsRoundsHoweverLongTheyTake() {
		assertThat(LIMITS.allowRound(1, Duration.ofHours(1), false)).isTrue();
		assertThat(LIMITS.allowRound(3, Duration.ofHours(1), false)).isTrue();
		assertThat(LIMITS.allowRound(4, Duration.ofHours(1), false)).isFalse();
	}

	@Test
	void allowsMoreRoundsWhereTheWaitsWereShort() {
		assertThat(LIMITS.allowRound(4, Duration.ofMillis(349), false)).isTrue();
		assertThat(LIMITS.allowRound(4, Duration.ofMillis(350), false)).isFalse();
		assertThat(LIMITS.allowRound(7, Duration.ofMillis(1749), true)).isTrue();
		assertThat(LIMITS.allowRound(7, Duration.ofMillis(1750), true)).isFalse();
	}

	@Test
	void allowsNoSecondRoundWhereThereIsToBeOne() {
		assertThat(new AttemptLimits(1, Duration.ofHours(1), null).allowRound(1, Duration.ZERO, true)).isFalse();
	}

}
