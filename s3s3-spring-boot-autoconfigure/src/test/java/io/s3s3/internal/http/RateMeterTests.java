package io.s3s3.internal.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RateMeter} and {@link MinimumRate}.
 */
class RateMeterTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final MinimumRate rate = new MinimumRate(DataSize.ofBytes(100), Duration.ofSeconds(2));

	@Test
	void acceptsTheMinimum() throws Exception {
		RateMeter meter = RateMeter.of(this.rate);

		for (int i = 0; i < 20; i++) {
			meter.count(100, SECOND);
		}
	}

	@Test
	void acceptsLessForLessThanAPeriod() throws Exception {
		RateMeter.of(this.rate).count(1, 2 * SECOND - 1);
	}

	@Test
	void refusesLessForAPeriod() throws Exception {
		RateMeter meter = RateMeter.of(this.rate);
		meter.count(150, SECOND);

		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> meter.count(49, SECOND))
			.withMessage("Too slow: 199 bytes in 2000 ms, the minimum rate is 100 bytes a second");
	}

	@Test
	void beginsEachPeriodAnew() throws Exception {
		RateMeter meter = RateMeter.of(this.rate);
		meter.count(1_000_000, 2 * SECOND);

		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> meter.count(100, 2 * SECOND));
	}

	@Test
	void acceptsEverythingWithoutAMinimum() throws Exception {
		RateMeter meter = RateMeter.of(null);

		meter.count(0, 1000 * SECOND);

		assertThat(meter.isOn()).isFalse();
	}

	@Test
	void refusesARateThatIsNone() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MinimumRate(DataSize.ofBytes(0), Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new MinimumRate(DataSize.ofBytes(1), Duration.ZERO));
	}

}
