package io.s3s3.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import io.s3s3.benchmark.StubServer.Mode;
import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What hedged reads gain and cost, side by side with a raw client and with reads that are
 * not hedged: while one GET of a hundred takes a second, and while all calls of both
 * locations take ten times as long as they did.
 */
public final class HedgeBenchmark {

	private static final int THREADS = 8;

	private static final int WARM_UP = 3000;

	private static final int CALLS = 10_000;

	private static final int SLOW_CALLS = 5000;

	private final S3Client raw;

	private final FailoverS3Client plain;

	private final FailoverS3AsyncClient plainAsync;

	private final AtomicInteger extra = new AtomicInteger();

	private HedgeBenchmark(S3Client raw, ConfigurableApplicationContext application) {
		this.raw = raw;
		this.plain = application.getBean(FailoverS3Client.class).on(RequestHedged.class, this::count);
		this.plainAsync = application.getBean(FailoverS3AsyncClient.class).on(RequestHedged.class, this::count);
	}

	/**
	 * Run.
	 * @param arguments none
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		try (StubProcess primary = StubProcess.start();
				StubProcess secondary = StubProcess.start();
				ConfigurableApplicationContext application = StubProcess.withoutTelemetry(primary, secondary);
				S3Client raw = primary.raw()) {
			HedgeBenchmark benchmark = new HedgeBenchmark(raw, application);
			benchmark.straggle(primary);
			benchmark.brownOut(primary, secondary);
		}
	}

	private void straggle(StubProcess primary) throws Exception {
		FailoverS3Client hedged = this.plain.hedged();
		FailoverS3AsyncClient hedgedAsync = this.plainAsync.hedged();
		warmUp(() -> get(hedged));
		warmUp(() -> get(hedgedAsync));
		primary.mode(Mode.STRAGGLE);
		System.out.println("One GET of a hundred takes a second");
		load("raw", CALLS, () -> this.raw.getObjectAsBytes((request) -> request.bucket("primary").key("k")));
		load("not hedged", CALLS, () -> get(this.plain));
		load("hedged", CALLS, () -> get(hedged));
		load("asynchronous, not hedged", CALLS, () -> get(this.plainAsync));
		load("asynchronous, hedged", CALLS, () -> get(hedgedAsync));
	}

	private void brownOut(StubProcess primary, StubProcess secondary) throws Exception {
		FailoverS3Client hedged = this.plain.hedged();
		FailoverS3AsyncClient hedgedAsync = this.plainAsync.hedged();
		primary.mode(Mode.STEADY);
		secondary.mode(Mode.STEADY);
		warmUp(() -> get(hedged));
		warmUp(() -> get(hedgedAsync));
		primary.mode(Mode.BROWNOUT);
		secondary.mode(Mode.BROWNOUT);
		System.out.println("All calls take ten times as long");
		load("not hedged", SLOW_CALLS, () -> get(this.plain));
		load("hedged", SLOW_CALLS, () -> get(hedged));
		load("asynchronous, not hedged", SLOW_CALLS, () -> get(this.plainAsync));
		load("asynchronous, hedged", SLOW_CALLS, () -> get(hedgedAsync));
	}

	private void count(RequestHedged event) {
		if (event.getOutcome() != Outcome.DENIED) {
			this.extra.incrementAndGet();
		}
	}

	private static void get(FailoverS3Client client) {
		client.getObjectAsBytes((request) -> request.bucket("primary").key("k"));
	}

	private static void get(FailoverS3AsyncClient client) {
		client.getObject((request) -> request.bucket("primary").key("k"), AsyncResponseTransformer.toBytes()).join();
	}

	private void load(String name, int calls, Runnable call) throws InterruptedException {
		this.extra.set(0);
		long began = System.nanoTime();
		long[] times = timesOf(calls, call);
		double seconds = (System.nanoTime() - began) / 1e9;
		System.out.printf(Locale.ROOT,
				"%-26s p50 %7.2f ms  p99 %7.2f ms  p99.9 %7.2f ms  %6.0f calls/s  %4d extra requests%n", name,
				percentile(times, 0.5), percentile(times, 0.99), percentile(times, 0.999), calls / seconds,
				this.extra.get());
	}

	private static void warmUp(Runnable call) throws InterruptedException {
		timesOf(WARM_UP, call);
	}

	private static long[] timesOf(int calls, Runnable call) throws InterruptedException {
		long[] times = new long[calls];
		AtomicInteger next = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		for (int i = 0; i < THREADS; i++) {
			threads.execute(() -> {
				for (int number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
					long started = System.nanoTime();
					call.run();
					times[number] = System.nanoTime() - started;
				}
			});
		}
		threads.shutdown();
		threads.awaitTermination(10, TimeUnit.MINUTES);
		Arrays.sort(times);
		return times;
	}

	private static double percentile(long[] sorted, double part) {
		return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
	}

}
