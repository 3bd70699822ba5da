package io.s3s3.benchmark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A closed loop of callers: each makes its next call as soon as it has an answer.
 */
final class GoodputLoad implements AutoCloseable {

	private static final int CALLERS = 16;

	private static final Duration SLOW = Duration.ofMillis(1500);

	private final ExecutorService executor = Executors.newFixedThreadPool(CALLERS);

	private final LongAdder right = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder slow = new LongAdder();

	private volatile boolean running = true;

	GoodputLoad(Supplier<String> call, String expected) {
		for (int i = 0; i < CALLERS; i++) {
			this.executor.execute(() -> {
				while (this.running) {
					makeCall(call, expected);
				}
			});
		}
	}

	private void makeCall(Supplier<String> call, String expected) {
		long started = System.nanoTime();
		try {
			(expected.equals(call.get()) ? this.right : this.failed).increment();
		}
		catch (RuntimeException ex) {
			this.failed.increment();
		}
		if (System.nanoTime() - started >= SLOW.toNanos()) {
			this.slow.increment();
		}
	}

	// What the callers get for a while.
	Goodput measure(Duration duration) throws InterruptedException {
		long rightBefore = this.right.sum();
		long failedBefore = this.failed.sum();
		long slowBefore = this.slow.sum();
		long started = System.nanoTime();
		new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
		double seconds = (System.nanoTime() - started) / 1e9;
		return new Goodput((this.right.sum() - rightBefore) / seconds, this.failed.sum() - failedBefore,
				this.slow.sum() - slowBefore);
	}

	@Override
	public void close() {
		this.running = false;
		this.executor.shutdownNow();
	}

	/**
	 * What the callers got.
	 *
	 * @param perSecond right answers for each second
	 * @param errors calls that failed or had a wrong answer
	 * @param slow calls that waited as long as a location may take to answer
	 */
	record Goodput(double perSecond, long errors, long slow) {

	}

}
