package io.s3s3.benchmark;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
 * The throughput and the CPU time of uploads of 64 MiB when all is well, beside those of
 * the SDK's own client. A stream that can be read only once is compared with one that is
 * written to a file on its way: that much it costs to be able to send it again.
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
			compare("one-shot stream, beside one that is written to a file", rounds, raw, failover,
					(client) -> putStream(client, bucket));
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

	private static void putStream(S3Client client, String bucket) {
		InputStream generated = new GeneratedStream(SIZE, SIZE);
		try (InputStream stream = (client instanceof FailoverS3Client) ? generated : new WrittenStream(generated)) {
			client.putObject((request) -> request.bucket(bucket).key("k"), RequestBody.fromInputStream(stream, SIZE));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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
		new Comparison(WARM_UP, rounds, SIZE).print("Upload of 64 MiB, " + what, () -> upload.accept(raw),
				() -> upload.accept(failover));
	}

	/**
	 * Writes what is read of it to a file, which is deleted with it.
	 */
	private static final class WrittenStream extends FilterInputStream {

		private final OutputStream file;

		WrittenStream(InputStream in) throws IOException {
			super(in);
			Path path = Files.createTempFile("s3s3-benchmark", null);
			this.file = Files.newOutputStream(path, StandardOpenOption.DELETE_ON_CLOSE);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = super.read(bytes, offset, length);
			if (read > 0) {
				this.file.write(bytes, offset, read);
			}
			return read;
		}

		@Override
		public void close() throws IOException {
			this.file.close();
		}

	}

}
