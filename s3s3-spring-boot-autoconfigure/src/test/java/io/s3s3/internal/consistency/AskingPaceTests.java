package io.s3s3.internal.consistency;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AskingPace}.
 */
class AskingPaceTests {

	private final AskingPace pace = new AskingPace();

	@Test
	void asksForOneKeyAsLongAsNothingArrives() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.pace.next()).isEqualTo(1);
			this.pace.asked(1, 1);
		}
	}

	@Test
	void asksForMoreAsMoreArrives() {
		assertThat(IntStream.range(0, 8).map((round) -> {
			int next = this.pace.next();
			this.pace.asked(next, 0);
			return next;
		})).containsExactly(1, 2, 4, 8, 16, 32, 50, 50);
	}

	@Test
	void asksForLessWhereReplicationStalls() {
		for (int i = 0; i < 10; i++) {
			this.pace.asked(this.pace.next(), 0);
		}

		assertThat(IntStream.range(0, 7).map((round) -> {
			int next = this.pace.next();
			this.pace.asked(next, next);
			return next;
		})).containsExactly(50, 25, 12, 6, 3, 1, 1);
	}

	@Test
	void needsLittleMoreThanOneRequestForAKeyThoughNothingArrivesForTenMinutes() {
		int requests = 0;
		int left = 10_000;
		for (int round = 0; left > 0; round++) {
			int asked = Math.min(this.pace.next(), left);
			boolean stalled = round < 600;
			requests += asked;
			left -= stalled ? 0 : asked;
			this.pace.asked(asked, stalled ? asked : 0);
		}

		assertThat(requests).isLessThan(11_000);
	}

}
