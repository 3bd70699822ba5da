package io.s3s3.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
 * its own. Beside the ratios stands that of two raw clients, which is the noise of the
 * machine: what is smaller is not known.
 */
public final class EngineBenchmark {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int CALLS = Integer.getInteger("engine.calls", 100);

	private static final int PAIRS = Integer.getInteger("engine.pairs", 40);

	private static final int WARM_UP = Integer.getInteger("engine.warm-up", 100);

	private static final String BUCKET = "primary";

	private static final String KEY = "orders/4711";

	private EngineBenchmark() {
	}

	/**
	 * Run it and print the figures.
	 * @param arguments none
	 * @throws IOException if a server does not start
	 */
	public static void main(String[] arguments) throws IOException {
		try (StubProcess primary = StubProcess.start();
				StubProcess secondary = StubProcess.start();
				S3Client raw = primary.raw();
				S3Client again = primary.raw();
				ConfigurableApplicationContext bare = StubProcess.withoutTelemetry(primary, secondary);
				ConfigurableApplicationContext metered = StubProcess.application(primary, secondary);
				ConfigurableApplicationContext observed = StubProcess.application(primary, secondary)) {
			observed.getBean(ObservationRegistry.class).observationConfig().observationHandler((context) -> true);
			Map<String, Map<String, Runnable>> clients = new LinkedHashMap<>();
			clients.put("raw again", operations(again));
			add(clients, "without telemetry", bare);
			add(clients, "with the Actuator", metered);
			add(clients, "observed", observed);
			System.out.println("| operation | client | bytes more a call | CPU of raw | throughput of raw |");
			System.out.println("|---|---|---|---|---|");
			operations(raw).forEach((operation, call) -> compare(operation, call, clients));
		}
	}

	private static void add(Map<String, Map<String, Runnable>> clients, String name,
			ConfigurableApplicationContext context) {
		clients.put(name, operations(context.getBean(FailoverS3Client.class)));
		clients.put(name + ", template", operations(context.getBean(FailoverS3Template.class)));
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

	private static void compare(String operation, Runnable raw, Map<String, Map<String, Runnable>> clients) {
		for (int i = 0; i < WARM_UP; i++) {
			measure(raw);
			clients.values().forEach((operations) -> measure(operations.get(operation)));
		}
		clients.forEach((client, operations) -> compare(operation, client, raw, operations.get(operation)));
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
