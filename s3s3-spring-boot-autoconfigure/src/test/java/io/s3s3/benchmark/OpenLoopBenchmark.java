package io.s3s3.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

import io.s3s3.FailoverS3Template;
import io.s3s3.benchmark.OpenLoad.Latencies;
import io.s3s3.benchmark.StubServer.Mode;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long callers wait who come at a fixed rate, whatever became of those before them:
 * while all is well, and when the primary fails amid it. The settings are the default
 * ones. Beside it stand two raw clients of a primary that is well, whose difference is
 * the noise of the machine.
 */
public final class OpenLoopBenchmark {

	private static final Duration PHASE = Duration.ofSeconds(Integer.getInteger("open-loop.phase", 10));

	private static final int[] RATES = { 100, 300, 1000 };

	private final StubProcess primary;

	private final StubProcess secondary;

	private OpenLoopBenchmark(StubProcess primary, StubProcess secondary) {
		this.primary = primary;
		this.secondary = secondary;
	}

	/**
	 * Run it and print the figures.
	 * @param arguments none
	 * @throws IOException if a server does not start
	 * @throws InterruptedException if it is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		try (StubProcess primary = StubProcess.start(); StubProcess secondary = StubProcess.start()) {
			System.out.println("| a second | client | primary | calls | errors | median of raw | 99 % | longest |");
			System.out.println("|---|---|---|---|---|---|---|---|");
			for (int rate : RATES) {
				new OpenLoopBenchmark(primary, secondary).run(rate);
			}
		}
	}

	private void run(int rate) throws InterruptedException {
		Latencies base;
		try (S3Client raw = this.primary.raw()) {
			load(raw, rate);
			base = load(raw, rate);
			print(rate, "raw", Mode.ANSWER, base, base);
			print(rate, "raw again", Mode.ANSWER, load(raw, rate), base);
		}
		for (Mode mode : Mode.values()) {
			try (ConfigurableApplicationContext context = StubProcess.application(this.primary, this.secondary)) {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				Runnable call = () -> template.downloadAsBytes("key");
				OpenLoad.run(call, rate, PHASE, () -> {
				});
				print(rate, "s3s3", mode, OpenLoad.run(call, rate, PHASE, () -> this.primary.mode(mode)), base);
			}
			finally {
				this.primary.mode(Mode.ANSWER);
			}
		}
	}

	private static Latencies load(S3Client client, int rate) throws InterruptedException {
		return OpenLoad.run(() -> client.getObjectAsBytes((request) -> request.bucket("primary").key("key")), rate,
				PHASE, () -> {
				});
	}

	private static void print(int rate, String client, Mode mode, Latencies latencies, Latencies raw) {
		System.out.printf(Locale.ROOT, "| %d | %s | %s | %d | %d | %.2f | %.1f ms | %.1f ms |%n", rate, client,
				mode.name().toLowerCase(Locale.ROOT), latencies.calls(), latencies.errors(),
				latencies.millis(0.5) / raw.millis(0.5), latencies.millis(0.99), latencies.millis(1));
	}

}
