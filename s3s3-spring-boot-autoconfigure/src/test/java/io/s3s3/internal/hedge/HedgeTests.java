package io.s3s3.internal.hedge;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.io.Daemons;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Hedge}.
 */
class HedgeTests {

	private final Hedges hedges = new Hedges(new HedgeSettings(true, Duration.ofMillis(20), 1, 1, 1),
			Daemons.named("hedge"));

	@AfterEach
	void close() {
		this.hedges.close();
	}

	@Test
	void startsOneRequestOnly() {
		Hedge hedge = next();

		hedge.start(() -> true, () -> true);
		hedge.start(() -> true, () -> {
			throw new IllegalStateException("started twice");
		});

		assertThat(hedge.state()).isEqualTo(Hedge.State.LOST);
	}

	@Test
	void isDeniedWithoutBudget() {
		next().start(() -> true, () -> true);
		Hedge hedge = next();

		hedge.start(() -> true, () -> true);

		assertThat(hedge.state()).isEqualTo(Hedge.State.DENIED);
	}

	@Test
	void isDeniedWithoutAConnectionAndCostsNothing() {
		Hedge hedge = next();

		hedge.start(() -> false, () -> true);

		assertThat(hedge.state()).isEqualTo(Hedge.State.DENIED);
		assertThat(this.hedges.budgetLeft()).isEqualTo(1);
	}

	@Test
	void isDeniedWithoutAThreadAndCostsNothing() {
		CountDownLatch busy = new CountDownLatch(1);
		Hedge hedge = next();
		hedge.execute(() -> await(busy));

		hedge.start(() -> true, () -> hedge.execute(() -> {
		}));

		busy.countDown();
		assertThat(hedge.state()).isEqualTo(Hedge.State.DENIED);
		assertThat(this.hedges.budgetLeft()).isEqualTo(1);
	}

	private Hedge next() {
		return this.hedges.next(LocationRole.PRIMARY);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
