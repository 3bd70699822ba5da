package io.s3s3.sample.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Setbacks}.
 */
class SetbacksTests {

	private static final Version VERSION = new Version("etag", Instant.EPOCH);

	private final MutableClock clock = new MutableClock();

	private final Setbacks setbacks = new Setbacks(this.clock);

	@Test
	void allowsWhatNeverFailed() {
		assertThat(this.setbacks.mayTry("key", VERSION)).isTrue();
	}

	@Test
	void pausesTwiceAsLongAfterEachFailure() {
		for (int pause = 200; pause < 10_000; pause *= 2) {
			this.setbacks.failed("key", VERSION);

			this.clock.advance(Duration.ofMillis(pause - 1));
			assertThat(this.setbacks.mayTry("key", VERSION)).isFalse();
			this.clock.advance(Duration.ofMillis(1));
			assertThat(this.setbacks.mayTry("key", VERSION)).isTrue();
		}
	}

	@Test
	void pausesFiveMinutesAtMost() {
		for (int count = 0; count < 100; count++) {
			this.setbacks.failed("key", VERSION);
		}

		this.clock.advance(Duration.ofMinutes(5));

		assertThat(this.setbacks.mayTry("key", VERSION)).isTrue();
	}

	@Test
	void countsFailuresInARowOfOneVersion() {
		assertThat(this.setbacks.failed("key", VERSION)).isEqualTo(1);
		assertThat(this.setbacks.failed("key", VERSION)).isEqualTo(2);
		assertThat(this.setbacks.failed("key", Version.NONE)).isEqualTo(1);
		assertThat(this.setbacks.failed("other", Version.NONE)).isEqualTo(1);
		this.setbacks.succeeded("key");
		assertThat(this.setbacks.failed("key", Version.NONE)).isEqualTo(1);
	}

	@Test
	void allowsAnotherVersionAtOnce() {
		this.setbacks.failed("key", VERSION);

		assertThat(this.setbacks.mayTry("key", Version.NONE)).isTrue();
	}

	@Test
	void forgetsWhatIsNoMore() {
		this.setbacks.failed("gone", VERSION);
		this.setbacks.failed("there", VERSION);

		this.setbacks.forgetAllBut(Set.of("there"));

		assertThat(this.setbacks.mayTry("gone", VERSION)).isTrue();
		assertThat(this.setbacks.mayTry("there", VERSION)).isFalse();
	}

}
