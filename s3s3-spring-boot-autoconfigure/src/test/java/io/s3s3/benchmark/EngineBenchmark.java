package io.s3s3.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import io.micrometer.observation.ObservationRegistry;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What a call costs that is well: through the clients that Spring Boot makes, with and
 * without meters and observations, beside a client of the SDK with its own HTTP client.
 * Both are measured in turn (A B B A), on one thread, against a server in a process of
 * its own. Each kind of client has a Java process of its own beside a raw one, since in
 * an application there is but one kind, which the compiler makes use of. Beside the
 * ratios stands that of two raw clients, which is the noise of the machine: what is
 * smaller is not known.
 */
public final class EngineBenchmark {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int CALLS = Integer.getInteger("engine.calls", 100);

	private static final int PAIRS = Integer.getInteger("engine.pairs", 40);

	private static final int WARM_UP = Integer.getInteger("engine.warm-up", 200);

	private static final String BUCKET = "primary";

	private static final String KEY = "orders/4711";

	private EngineBenchmark() {
	}

	/**
	 * Run it and print the figures.
	 * @param arguments the client to measure, none for all of them
	 * @throws IOException if a process does not start
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		if (arguments.length > 0) {
			Subject.valueOf(arguments[0]).measure();
			return;
		}
		System.out.println("| operation | client | bytes more a call | CPU of raw | throughput of raw |");
		System.out.println("|---|---|---|---|---|");
		for (Subject subject : Subject.values()) {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
			command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineBenchmark.class.getName()));
			command.add(subject.name());
			new ProcessBuilder(command).inheritIO().start().waitFor();
		}
	}

	private static Map<String, Runnable> operations(S3Client client) {
		return Map.of("GET", () -> client.getObjectAsBytes((request) -> request.bucket(BUCKET).key(KEY)), "GET, stream",
				() -> readAll(client.getObject((request) -> request.bucket(BUCKET).key(KEY))), "PUT",
				() -> client.putObject((request) -> request.bucket(BUCKET).key(KEY),
						RequestBody.fromBytes(StubServer.CONTENT)),
				"HEAD", () -> client.headObject((request) -> request.bucket(BUCKET).key(KEY)));
	}

	private static Map<String, Runnable> operations(FailoverS3Template template) {
		return Map.of("GET", () -> template.downloadAsBytes(KEY), "GET, stream",
				() -> readAll(template.downloadAsStream(KEY)), "PUT", () -> template.upload(KEY, StubServer.CONTENT),
				"HEAD", () -> template.exists(KEY));
	}

	private static void readAll(InputStream stream) {
		try (stream) {
			stream.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void compare(String operation, String client, Runnable raw, Runnable call) {
		double[] bytes = new double[PAIRS];
		double[] cpu = new double[PAIRS];
		double[] throughput = new double[PAIRS];
		for (int i = 0; i < PAIRS; i++) {
			Cost first = measure(raw);
			Cost ours = measure(call).plus(measure(call));
			Cost base = first.plus(measure(raw));
			bytes[i] = (ours.bytes() - base.bytes()) / (2.0 * CALLS);
			cpu[i] = (double) ours.cpu() / base.cpu();
			throughput[i] = (double) base.time() / ours.time();
		}
		Arrays.sort(bytes);
		System.out.printf(Locale.ROOT, "| %s | %s | %.0f | %s | %s |%n", operation, client, bytes[PAIRS / 2],
				PairedRatio.of(cpu), PairedRatio.of(throughput));
	}

	private static Cost measure(Runnable call) {
		Cost before = Cost.soFar();
		for (int i = 0; i < CALLS; i++) {
			call.run();
		}
		return Cost.soFar().minus(before);
	}

	/**
	 * What is compared with a raw client.
	 */
	private enum Subject {

		RAW("raw again"), WITHOUT_TELEMETRY("without telemetry"), ACTUATOR("with the Actuator"), OBSERVED("observed");

		private final String title;

		Subject(String title) {
			this.title = title;
		}

		void measure() throws IOException {
			try (StubProcess primary = StubProcess.start();
					StubProcess secondary = StubProcess.start();
					S3Client raw = primary.raw()) {
				if (this == RAW) {
					try (S3Client again = primary.raw()) {
						compare(this.title, operations(raw), operations(again));
					}
					return;
				}
				try (ConfigurableApplicationContext context = application(primary, secondary)) {
					compare(this.title, operations(raw), operations(context.getBean(FailoverS3Client.class)));
					compare(this.title + ", template", operations(raw),
							operations(context.getBean(FailoverS3Template.class)));
				}
			}
		}

		private ConfigurableApplicationContext application(StubProcess primary, StubProcess secondary) {
			if (this == WITHOUT_TELEMETRY) {
				return StubProcess.withoutTelemetry(primary, secondary);
			}
			ConfigurableApplicationContext context = StubProcess.application(primary, secondary);
			if (this == OBSERVED) {
				context.getBean(ObservationRegistry.class)
					.observationConfig()
					.observationHandler((observation) -> true);
			}
			return context;
		}

		private static void compare(String client, Map<String, Runnable> raw, Map<String, Runnable> calls) {
			// All of them first: what an operation does last warms up the next one.
			for (int i = 0; i < WARM_UP; i++) {
				raw.values().forEach(EngineBenchmark::measure);
				calls.values().forEach(EngineBenchmark::measure);
			}
			raw.forEach((operation, call) -> EngineBenchmark.compare(operation, client, call, calls.get(operation)));
		}

	}

	/**
	 * What this thread has used.
	 *
	 * @param bytes what it allocated
	 * @param cpu nanoseconds of a processor
	 * @param time nanoseconds
	 */
	private record Cost(long bytes, long cpu, long time) {

		static Cost soFar() {
			return new Cost(THREADS.getCurrentThreadAllocatedBytes(), THREADS.getCurrentThreadCpuTime(),
					System.nanoTime());
		}

		Cost plus(Cost other) {
			return new Cost(this.bytes + other.bytes, this.cpu + other.cpu, this.time + other.time);
		}

		Cost minus(Cost other) {
			return new Cost(this.bytes - other.bytes, this.cpu - other.cpu, this.time - other.time);
		}

	}

}
