package io.s3s3.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.s3s3.FailoverS3AsyncTemplate;
import io.s3s3.FailoverS3Template;
import io.s3s3.benchmark.GoodputLoad.Goodput;
import io.s3s3.benchmark.StubServer.Mode;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What callers get while the primary fails: right answers for each second, as a part of
 * what they got while it was well. Beside the failover templates, the blocking one and
 * the asynchronous one, stand a circuit breaker with a fallback around two clients, as
 * one writes it by hand, and the primary's client alone, twice: how much the two differ
 * is the noise of the machine.
 */
public final class GoodputBenchmark {

	private static final String CONTENT = new String(StubServer.CONTENT, StandardCharsets.US_ASCII);

	private static final Duration PHASE = Duration.ofSeconds(Integer.getInteger("goodput.phase", 8));

	private static final Duration FLAPPING = Duration.ofSeconds(Integer.getInteger("goodput.flapping", 60));

	private static final Duration SETTLING = Duration.ofSeconds(3);

	private static final Duration WARM_UP = Duration.ofSeconds(15);

	private static final Duration LONGEST_RETURN = Duration.ofSeconds(90);

	private final StubProcess primary;

	private final StubProcess secondary;

	private GoodputBenchmark(StubProcess primary, StubProcess secondary) {
		this.primary = primary;
		this.secondary = secondary;
	}

	/**
	 * Run it and print the figures.
	 * @param arguments none
	 * @throws IOException if a server does not start
	 */
	public static void main(String[] arguments) throws IOException {
		try (StubProcess primary = StubProcess.start(); StubProcess secondary = StubProcess.start()) {
			GoodputBenchmark benchmark = new GoodputBenchmark(primary, secondary);
			System.out.println("| client | phase | per second | of healthy | errors | waited |");
			System.out.println("|---|---|---|---|---|---|");
			// First what is the base of the others; it also warms up the servers.
			benchmark.runAlone("primary alone");
			benchmark.runFailover("s3s3", FailoverS3Template.class, (template) -> template.downloadAsBytes("key"));
			benchmark.runFailover("s3s3, asynchronous", FailoverS3AsyncTemplate.class,
					(template) -> template.downloadAsBytes("key").join());
			benchmark.runByHand();
			benchmark.runAlone("primary alone, again");
		}
	}

	private <T> void runFailover(String name, Class<T> type, Function<T, byte[]> read) {
		try (ConfigurableApplicationContext context = StubProcess.application(this.primary, this.secondary,
				"s3s3.failback.hold-down=5s", "s3s3.failback.ramp-step=1s")) {
			T template = context.getBean(type);
			FailoverControl control = context.getBean(FailoverControl.class);
			run(name, () -> new String(read.apply(template), StandardCharsets.UTF_8),
					() -> control.status().get(LocationRole.PRIMARY).status() == LocationStatus.UP);
		}
	}

	private void runByHand() {
		CircuitBreaker circuit = CircuitBreaker.of("primary",
				CircuitBreakerConfig.custom()
					.waitDurationInOpenState(Duration.ofSeconds(5))
					.enableAutomaticTransitionFromOpenToHalfOpen()
					.build());
		try (S3Client one = this.primary.raw(); S3Client other = this.secondary.raw()) {
			run("by hand", () -> {
				try {
					return circuit.executeSupplier(() -> read(one, "east"));
				}
				catch (RuntimeException ex) {
					return read(other, "west");
				}
			}, () -> circuit.getState() == CircuitBreaker.State.CLOSED);
		}
	}

	private void runAlone(String name) {
		try (S3Client one = this.primary.raw()) {
			run(name, () -> read(one, "east"), () -> true);
		}
	}

	private void run(String client, Supplier<String> call, BooleanSupplier isBack) {
		try (GoodputLoad load = new GoodputLoad(call, CONTENT)) {
			load.measure(WARM_UP);
			for (Mode fault : new Mode[] { Mode.REFUSE, Mode.SILENT, Mode.UNAVAILABLE }) {
				double healthy = healthy(client, load);
				this.primary.mode(fault);
				print(client, fault + ", first seconds", load.measure(SETTLING), healthy);
				print(client, fault + ", steady", load.measure(PHASE), healthy);
				recover(client, "after " + fault, load, isBack, healthy);
			}
			double healthy = healthy(client, load);
			long end = System.nanoTime() + FLAPPING.toNanos();
			double sum = 0;
			long errors = 0;
			long slow = 0;
			int parts = 0;
			for (; System.nanoTime() < end; parts++) {
				this.primary.mode((parts % 2 == 0) ? Mode.REFUSE : Mode.ANSWER);
				Goodput part = load.measure(Duration.ofSeconds(2));
				sum += part.perSecond();
				errors += part.errors();
				slow += part.slow();
			}
			print(client, "flapping", new Goodput(sum / parts, errors, slow), healthy);
			recover(client, "after flapping", load, isBack, healthy);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// The machine has other things to do too: each fault is compared with what was
	// before.
	private static double healthy(String client, GoodputLoad load) throws InterruptedException {
		Goodput goodput = load.measure(PHASE);
		print(client, "healthy", goodput, goodput.perSecond());
		return goodput.perSecond();
	}

	private void recover(String client, String phase, GoodputLoad load, BooleanSupplier isBack, double healthy)
			throws InterruptedException {
		this.primary.mode(Mode.ANSWER);
		long started = System.nanoTime();
		long errors = 0;
		long slow = 0;
		do {
			Goodput part = load.measure(Duration.ofMillis(250));
			errors += part.errors();
			slow += part.slow();
		}
		while (!isBack.getAsBoolean() && System.nanoTime() - started < LONGEST_RETURN.toNanos());
		String back = "%s, back in %.1f s".formatted(phase, (System.nanoTime() - started) / 1e9);
		Goodput after = load.measure(SETTLING);
		print(client, back, new Goodput(after.perSecond(), errors + after.errors(), slow + after.slow()), healthy);
	}

	private static void print(String client, String phase, Goodput goodput, double healthy) {
		System.out.printf("| %s | %s | %.0f | %.2f | %d | %d |%n", client, phase.toLowerCase(java.util.Locale.ROOT),
				goodput.perSecond(), goodput.perSecond() / healthy, goodput.errors(), goodput.slow());
	}

	private static String read(S3Client client, String bucket) {
		return client.getObjectAsBytes((request) -> request.bucket(bucket).key("key")).asUtf8String();
	}

}
