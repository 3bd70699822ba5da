package io.s3s3.benchmark;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import com.sun.management.OperatingSystemMXBean;
import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What an asynchronous call costs that is well, beside one of the SDK's own client over
 * Netty with as many connections: small objects with 256 calls in flight, and a file of 1
 * GiB by the transfer manager. All are measured in turn (A B B A), and another client of
 * the SDK beside the first one: that is the noise of the machine.
 */
public final class AsyncBenchmark {

	private static final OperatingSystemMXBean PROCESS = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final int IN_FLIGHT = 256;

	private static final int CALLS = Integer.getInteger("async.calls", 4000);

	/** Enough for the compiler to be done with what is measured. */
	private static final int WARM_UP = Integer.getInteger("async.warm-up", 40);

	private static final int PAIRS = Integer.getInteger("async.pairs", 20);

	private static final int TRANSFERS = Integer.getInteger("async.transfers", 5);

	private static final long SIZE = 1L << 30;

	private AsyncBenchmark() {
	}

	/**
	 * Run it and print the figures.
	 * @param arguments none
	 * @throws IOException if a server does not start
	 */
	public static void main(String[] arguments) throws IOException {
		System.out.println("| operation | client | CPU of raw | throughput of raw |");
		System.out.println("|---|---|---|---|");
		try (StubProcess primary = StubProcess.start();
				StubProcess secondary = StubProcess.start();
				ConfigurableApplicationContext application = application(primary, secondary);
				S3AsyncClient raw = primary.rawAsync(IN_FLIGHT);
				S3AsyncClient again = primary.rawAsync(IN_FLIGHT)) {
			FailoverS3AsyncClient failover = application.getBean(FailoverS3AsyncClient.class);
			for (String name : new String[] { "raw again", "with the Actuator" }) {
				S3AsyncClient other = name.equals("raw again") ? again : failover;
				compare("GET", name, raw, other, (client) -> client
					.getObject((request) -> request.bucket("primary").key("k"), AsyncResponseTransformer.toBytes()));
				compare("PUT", name, raw, other,
						(client) -> client.putObject((request) -> request.bucket("primary").key("k"),
								AsyncRequestBody.fromBytes(StubServer.CONTENT)));
			}
		}
		transfer();
	}

	private static void transfer() throws IOException {
		Path file = Files.createTempFile("s3s3-benchmark", null);
		try (ServerProcess server = ServerProcess.start("bench");
				S3AsyncClient raw = server.asyncClient(server.endpoint(), IN_FLIGHT).multipartEnabled(true).build();
				S3AsyncClient one = server.asyncClient(server.endpoint(), IN_FLIGHT).build();
				S3Client plain = server.client(server.endpoint());
				FailoverS3Client blocking = FailoverS3Client.builder()
					.primary(plain, "bench")
					.secondary(plain, "bench")
					.build();
				FailoverS3AsyncClient failover = FailoverS3AsyncClient.builder()
					.client(blocking)
					.primary(one)
					.secondary(one)
					.build();
				S3TransferManager inParts = S3TransferManager.builder().s3Client(raw).build();
				S3TransferManager whole = S3TransferManager.builder().s3Client(one).build();
				S3TransferManager ours = S3TransferManager.builder().s3Client(failover.inParts()).build()) {
			try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
				content.setLength(SIZE);
			}
			Comparison comparison = new Comparison(2, TRANSFERS, SIZE);
			comparison.print("Upload of a file of 1 GiB by the transfer manager", () -> upload(inParts, file),
					() -> upload(ours, file));
			// The embedded server gives no parts by their number.
			comparison.print("Download of a file of 1 GiB by the transfer manager", () -> download(whole, file),
					() -> download(ours, file));
		}
		finally {
			Files.delete(file);
		}
	}

	private static void upload(S3TransferManager manager, Path file) {
		manager
			.uploadFile((upload) -> upload.source(file).putObjectRequest((request) -> request.bucket("bench").key("k")))
			.completionFuture()
			.join();
	}

	private static void download(S3TransferManager manager, Path file) {
		manager
			.downloadFile((download) -> download.destination(file)
				.getObjectRequest((request) -> request.bucket("bench").key("k")))
			.completionFuture()
			.join();
	}

	private static void compare(String operation, String name, S3AsyncClient raw, S3AsyncClient other,
			Function<S3AsyncClient, CompletableFuture<?>> call) {
		for (int i = 0; i < WARM_UP; i++) {
			measure(raw, call);
			measure(other, call);
		}
		double[] cpu = new double[PAIRS];
		double[] throughput = new double[PAIRS];
		for (int i = 0; i < PAIRS; i++) {
			Cost first = measure(raw, call);
			Cost ours = measure(other, call).plus(measure(other, call));
			Cost base = first.plus(measure(raw, call));
			cpu[i] = (double) ours.cpu() / base.cpu();
			throughput[i] = (double) base.time() / ours.time();
		}
		System.out.printf("| %s | %s | %s | %s |%n", operation, name, PairedRatio.of(cpu), PairedRatio.of(throughput));
	}

	private static Cost measure(S3AsyncClient client, Function<S3AsyncClient, CompletableFuture<?>> call) {
		long cpu = PROCESS.getProcessCpuTime();
		long began = System.nanoTime();
		Semaphore free = new Semaphore(IN_FLIGHT);
		for (int i = 0; i < CALLS; i++) {
			free.acquireUninterruptibly();
			call.apply(client).whenComplete((result, error) -> free.release());
		}
		free.acquireUninterruptibly(IN_FLIGHT);
		return new Cost(PROCESS.getProcessCpuTime() - cpu, System.nanoTime() - began);
	}

	private static ConfigurableApplicationContext application(StubProcess primary, StubProcess secondary) {
		return StubProcess.application(primary, secondary, "s3s3.primary.max-connections=" + IN_FLIGHT,
				"s3s3.secondary.max-connections=" + IN_FLIGHT);
	}

	/**
	 * What this process has used.
	 *
	 * @param cpu nanoseconds of a processor
	 * @param time nanoseconds
	 */
	private record Cost(long cpu, long time) {

		Cost plus(Cost other) {
			return new Cost(this.cpu + other.cpu, this.time + other.time);
		}

	}

}
