package io.s3s3.internal.hedge;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimerWheel}.
 */
class TimerWheelTests {

	private final TimerWheel wheel = new TimerWheel();

	@AfterEach
	void close() {
		this.wheel.close();
	}

	@Test
	void runsEachTaskNotBeforeItsTime() throws InterruptedException {
		CountDownLatch ran = new CountDownLatch(300);
		AtomicBoolean early = new AtomicBoolean();
		for (int i = 0; i < 300; i++) {
			long delay = TimeUnit.MILLISECONDS.toNanos(1 + i % 100);
			long due = System.nanoTime() + delay;
			this.wheel.schedule(() -> {
				early.compareAndSet(false, System.nanoTime() < due);
				ran.countDown();
			}, delay);
		}

		assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
		assertThat(early).isFalse();
	}

	@Test
	void wakesUpAgainAfterAPause() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			CountDownLatch ran = new CountDownLatch(1);

			this.wheel.schedule(ran::countDown, 1);

			assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
		}
	}

	@Test
	void runsNothingThatWasCancelled() throws InterruptedException {
		AtomicBoolean cancelled = new AtomicBoolean();
		CountDownLatch ran = new CountDownLatch(1);
		// On the wheel's own thread, which cannot run one before it is cancelled.
		this.wheel.schedule(() -> {
			this.wheel.schedule(() -> cancelled.set(true), 1).cancel();
			this.wheel.schedule(ran::countDown, TimeUnit.MILLISECONDS.toNanos(20));
		}, 1);

		assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
		assertThat(cancelled).isFalse();
	}

	@Test
	void keepsNothingOnceItWasClosed() {
		this.wheel.close();

		this.wheel.schedule(() -> {
		}, 1);

		assertThat(this.wheel.size()).isZero();
	}

	@Test
	void survivesATaskThatFails() throws InterruptedException {
		CountDownLatch ran = new CountDownLatch(1);
		this.wheel.schedule(() -> {
			throw new IllegalStateException("expected");
		}, 1);
		this.wheel.schedule(ran::countDown, TimeUnit.MILLISECONDS.toNanos(20));

		assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
	}

}
