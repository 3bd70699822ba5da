package io.s3s3.internal.hedge;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FirstByteTimes}.
 */
class FirstByteTimesTests {

	private final FirstByteTimes times = new FirstByteTimes(0.95, 0.98);

	@Test
	void knowsNothingAtFirst() {
		assertThat(this.times.quantiles().seen()).isZero();
	}

	@Test
	void isCloseToWhatIsTrue() {
		Random random = new Random(1);
		for (int i = 0; i < 2000; i++) {
			this.times.add(TimeUnit.MICROSECONDS.toNanos(random.nextInt(100_000)));
		}

		assertThat(millis(this.times.quantiles().usual())).isBetween(90.0, 110.0);
		assertThat(millis(this.times.quantiles().rare())).isBetween(93.0, 113.0);
	}

	@Test
	void isNotMovedByWhatIsRarerThanTheBudget() {
		for (int i = 0; i < 10_000; i++) {
			add((i % 100 == 0) ? 1000 : 5);
		}

		assertThat(millis(this.times.quantiles().rare())).isLessThan(6);
	}

	@Test
	void risesUntilWhatIsCancelledIsRare() {
		long waited = 10;
		for (int round = 0; round < 20; round++) {
			for (int i = 0; i < 1000; i++) {
				if (i % 20 == 0 && waited < 1000) {
					this.times.addAtLeast(TimeUnit.MILLISECONDS.toNanos(waited));
				}
				else {
					add((i % 20 == 0) ? 1000 : 5);
				}
			}
			waited = Math.max(10, TimeUnit.NANOSECONDS.toMillis(this.times.quantiles().rare()));
		}

		assertThat(waited).isGreaterThanOrEqualTo(1000);
	}

	@Test
	void forgets() {
		for (int i = 0; i < 5000; i++) {
			add(1000);
		}
		for (int i = 0; i < 20_000; i++) {
			add(5);
		}

		assertThat(millis(this.times.quantiles().rare())).isLessThan(6);
	}

	@Test
	void takesWhateverTimeThereIs() {
		this.times.add(0);
		this.times.addAtLeast(TimeUnit.DAYS.toNanos(2));

		assertThat(this.times.quantiles().seen()).isEqualTo(2);
		assertThat(this.times.quantiles().rare()).isGreaterThan(TimeUnit.DAYS.toNanos(2));
	}

	private void add(long millis) {
		this.times.add(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

}
