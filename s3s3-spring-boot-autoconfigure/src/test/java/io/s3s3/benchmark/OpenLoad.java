package io.s3s3.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An open loop of callers: they come at a fixed rate, each on a thread of its own, and
 * the time that a call takes is counted from when its caller was to come.
 */
final class OpenLoad {

	private OpenLoad() {
	}

	/**
	 * Let callers come for a while, and wait for all of them.
	 * @param call what each of them does
	 * @param rate how many come a second
	 * @param duration for how long
	 * @param amid what happens after the fifth part of that
	 * @return how long they waited
	 */
	static Latencies run(Runnable call, int rate, Duration duration, Runnable amid) throws InterruptedException {
		int calls = (int) (rate * duration.toSeconds());
		long[] nanos = new long[calls];
		AtomicInteger errors = new AtomicInteger();
		ExecutorService callers = Executors.newCachedThreadPool();
		long started = System.nanoTime();
		for (int i = 0; i < calls; i++) {
			long intended = started + i * 1_000_000_000L / rate;
			for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			if (i == calls / 5) {
				callers.execute(amid);
			}
			int number = i;
			callers.execute(() -> {
				try {
					call.run();
				}
				catch (RuntimeException ex) {
					errors.incrementAndGet();
				}
				nanos[number] = System.nanoTime() - intended;
			});
		}
		callers.shutdown();
		if (!callers.awaitTermination(2, TimeUnit.MINUTES)) {
			throw new IllegalStateException("Some calls do not end");
		}
		Arrays.sort(nanos);
		return new Latencies(nanos, errors.get());
	}

	/**
	 * How long callers waited.
	 *
	 * @param sorted the time of each, in nanoseconds
	 * @param errors how many got none
	 */
	record Latencies(long[] sorted, int errors) {

		int calls() {
			return this.sorted.length;
		}

		double millis(double quantile) {
			return this.sorted[(int) (quantile * (this.sorted.length - 1))] / 1e6;
		}

	}

}
