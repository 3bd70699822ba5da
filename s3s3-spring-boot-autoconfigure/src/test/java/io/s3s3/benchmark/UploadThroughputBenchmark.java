package io.s3s3.benchmark;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.s3s3.FailoverS3Client;
import io.s3s3.transfer.TransferSettings;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import org.springframework.util.unit.DataSize;

/**
 * The throughput of uploads of 64 MiB when all is well, beside that of the SDK's own
 * client: rounds of both in turn, and the medians.
 */
public final class UploadThroughputBenchmark {

	private static final int SIZE = 64 << 20;

	private static final int PART = 8 << 20;

	private static final int WARM_UP = 3;

	private static final int ROUNDS = 31;

	/** Few, for a server that keeps what it gets. */
	private static final int ROUNDS_OF_SERVER = 5;

	private UploadThroughputBenchmark() {
	}

	/**
	 * Run.
	 * @param arguments none for a server that discards what it gets, in a process of its
	 * own; else the endpoint, bucket, access key, and secret key of one that runs
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length == 0) {
			try (FaultServer server = FaultServer.start(0); S3Client raw = Clients.client(server.uri())) {
				compare(raw, "east", ROUNDS);
			}
			return;
		}
		try (S3Client raw = Clients.client(URI.create(arguments[0]), arguments[2], arguments[3])) {
			compare(raw, arguments[1], ROUNDS_OF_SERVER);
		}
	}

	private static void compare(S3Client raw, String bucket, int rounds) {
		try (FailoverS3Client failover = FailoverS3Client.builder().primary(raw, bucket).secondary(raw, bucket).build();
				FailoverS3Client inMemory = FailoverS3Client.builder()
					.primary(raw, bucket)
					.secondary(raw, bucket)
					.transfer(TransferSettings.builder().memoryLimit(DataSize.ofBytes(SIZE)).build())
					.build()) {
			byte[] content = new byte[SIZE];
			new java.util.Random(1).nextBytes(content);
			RequestBody body = RequestBody.fromBytes(content);
			compare("bytes", rounds, raw, failover,
					(client) -> client.putObject((request) -> request.bucket(bucket).key("k"), body));
			compare("one-shot stream", rounds, raw, failover,
					(client) -> client.putObject((request) -> request.bucket(bucket).key("k"),
							RequestBody.fromInputStream(new GeneratedStream(SIZE, SIZE), SIZE)));
			compare("one-shot stream kept in memory", rounds, raw, inMemory,
					(client) -> client.putObject((request) -> request.bucket(bucket).key("k"),
							RequestBody.fromInputStream(new GeneratedStream(SIZE, SIZE), SIZE)));
			ExecutorService workers = Executors.newFixedThreadPool(4);
			compare("bytes in parts", rounds, raw, failover, (client) -> {
				if (client instanceof FailoverS3Client pair) {
					pair.upload(PutObjectRequest.builder().key("k").build(), body);
				}
				else {
					uploadInParts(client, bucket, content, workers);
				}
			});
			workers.shutdown();
		}
	}

	// What one would write by hand.
	private static void uploadInParts(S3Client client, String bucket, byte[] content, ExecutorService workers) {
		String id = client.createMultipartUpload((request) -> request.bucket(bucket).key("k")).uploadId();
		List<Future<CompletedPart>> sending = new ArrayList<>();
		for (int number = 1; number <= SIZE / PART; number++) {
			int part = number;
			sending.add(workers.submit(() -> {
				RequestBody body = RequestBody.fromContentProvider(
						() -> new ByteArrayInputStream(content, (part - 1) * PART, PART), PART,
						"application/octet-stream");
				UploadPartResponse response = client
					.uploadPart((request) -> request.bucket(bucket).key("k").uploadId(id).partNumber(part), body);
				return CompletedPart.builder()
					.partNumber(part)
					.eTag(response.eTag())
					.checksumCRC32(response.checksumCRC32())
					.build();
			}));
		}
		List<CompletedPart> parts = sending.stream().map(UploadThroughputBenchmark::get).toList();
		client.completeMultipartUpload((request) -> request.bucket(bucket)
			.key("k")
			.uploadId(id)
			.multipartUpload((upload) -> upload.parts(parts)));
	}

	private static CompletedPart get(Future<CompletedPart> part) {
		try {
			return part.get();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void compare(String what, int rounds, S3Client raw, S3Client failover, Consumer<S3Client> upload) {
		List<Long> rawTimes = new ArrayList<>();
		List<Long> failoverTimes = new ArrayList<>();
		for (int round = -WARM_UP; round < rounds; round++) {
			boolean rawFirst = round % 2 == 0;
			long first = time(rawFirst ? raw : failover, upload);
			long second = time(rawFirst ? failover : raw, upload);
			if (round >= 0) {
				rawTimes.add(rawFirst ? first : second);
				failoverTimes.add(rawFirst ? second : first);
			}
		}
		double rawMedian = median(rawTimes);
		double failoverMedian = median(failoverTimes);
		System.out.printf("Upload of 64 MiB, %s: SDK %.1f ms, failover %.1f ms, throughput %.3f of the SDK's%n", what,
				rawMedian / 1e6, failoverMedian / 1e6, rawMedian / failoverMedian);
	}

	private static long time(S3Client client, Consumer<S3Client> upload) {
		long began = System.nanoTime();
		upload.accept(client);
		return System.nanoTime() - began;
	}

	private static long median(List<Long> times) {
		Collections.sort(times);
		return times.get(times.size() / 2);
	}

}
