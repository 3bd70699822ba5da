package io.s3s3.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallWindow}.
 */
class CallWindowTests {

	private final CallWindow window = new CallWindow(4, 2);

	@Test
	void hasNoRateOfTooFewCalls() {
		this.window.add(true, true);

		assertThat(this.window.metrics()).isEqualTo(new CallWindow.Metrics(1, 1, null, null));
	}

	@Test
	void countsWhatFailedAndWhatWasSlow() {
		this.window.add(true, false);
		this.window.add(false, true);
		this.window.add(true, true);
		this.window.add(false, false);

		assertThat(this.window.metrics()).isEqualTo(new CallWindow.Metrics(4, 2, 50f, 50f));
	}

	@Test
	void forgetsTheOldestCall() {
		this.window.add(true, true);
		for (int i = 0; i < 4; i++) {
			this.window.add(false, false);
		}

		assertThat(this.window.metrics()).isEqualTo(new CallWindow.Metrics(4, 0, 0f, 0f));
	}

	@Test
	void knowsTheLastCallsExactly() {
		CallWindow window = new CallWindow(100, 1);
		Deque<Boolean> last = new ArrayDeque<>();
		Random random = new Random(1);
		for (int i = 0; i < 1000; i++) {
			boolean failed = random.nextBoolean();
			window.add(failed, !failed);
			last.addLast(failed);
			if (last.size() > 100) {
				last.removeFirst();
			}

			int failures = (int) last.stream().filter((each) -> each).count();
			assertThat(window.metrics()).isEqualTo(new CallWindow.Metrics(last.size(), failures,
					100f * failures / last.size(), 100f * (last.size() - failures) / last.size()));
		}
	}

	@Test
	void losesNothingThatManyThreadsAdd() throws Exception {
		CallWindow window = new CallWindow(100_000, 1);
		ExecutorService executor = Executors.newFixedThreadPool(8);
		for (int thread = 0; thread < 8; thread++) {
			executor.execute(() -> {
				for (int i = 0; i < 1000; i++) {
					window.add(true, false);
				}
			});
		}
		executor.shutdown();

		assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		assertThat(window.metrics().failures()).isEqualTo(8000);
	}

}
