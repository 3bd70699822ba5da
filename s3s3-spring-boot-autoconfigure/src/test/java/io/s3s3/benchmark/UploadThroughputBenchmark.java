package io.s3s3.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.s3s3.FailoverS3Client;
import io.s3s3.transfer.TransferSettings;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import org.springframework.util.unit.DataSize;

/**
 * The throughput of uploads of 64 MiB when all is well, beside that of the SDK's own
 * client: rounds of both in turn, and the medians.
 */
public final class UploadThroughputBenchmark {

	private static final int SIZE = 64 << 20;

	private static final int WARM_UP = 5;

	private static final int ROUNDS = 31;

	private UploadThroughputBenchmark() {
	}

	/**
	 * Run.
	 * @param arguments none
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		try (FaultServer server = FaultServer.start(0);
				S3Client raw = Clients.client(server.uri());
				S3Client other = Clients.client(server.uri());
				FailoverS3Client failover = Clients.pair(raw, other);
				FailoverS3Client inMemory = FailoverS3Client.builder()
					.primary(raw, "east")
					.secondary(other, "west")
					.transfer(TransferSettings.builder().memoryLimit(DataSize.ofBytes(SIZE)).build())
					.build()) {
			byte[] content = new byte[SIZE];
			new java.util.Random(1).nextBytes(content);
			compare("bytes", raw, failover, (client) -> client.putObject((request) -> request.bucket("east").key("k"),
					RequestBody.fromBytes(content)));
			compare("one-shot stream", raw, failover,
					(client) -> client.putObject((request) -> request.bucket("east").key("k"),
							RequestBody.fromInputStream(new GeneratedStream(SIZE, SIZE), SIZE)));
			compare("one-shot stream kept in memory", raw, inMemory,
					(client) -> client.putObject((request) -> request.bucket("east").key("k"),
							RequestBody.fromInputStream(new GeneratedStream(SIZE, SIZE), SIZE)));
			compare("upload of bytes in parts against one request", raw, failover, (client) -> {
				if (client instanceof FailoverS3Client pair) {
					pair.upload(PutObjectRequest.builder().key("k").build(), RequestBody.fromBytes(content));
				}
				else {
					client.putObject((request) -> request.bucket("east").key("k"), RequestBody.fromBytes(content));
				}
			});
		}
	}

	private static void compare(String what, S3Client raw, S3Client failover, Consumer<S3Client> upload) {
		List<Long> rawTimes = new ArrayList<>();
		List<Long> failoverTimes = new ArrayList<>();
		for (int round = -WARM_UP; round < ROUNDS; round++) {
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
