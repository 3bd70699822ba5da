package io.s3s3.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.s3s3.FailoverS3Client;
import io.s3s3.metrics.FailoverMetrics;
import io.s3s3.transfer.TransferSettings;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The throughput and the CPU time of a download of 64 MiB when all goes well, beside
 * those of the SDK's own client, the server in a process of its own.
 */
public final class DownloadBenchmark {

	private static final int SIZE = 64 << 20;

	private static final int WARM_UP = 20;

	private static final int ROUNDS = 60;

	private DownloadBenchmark() {
	}

	/**
	 * Print the figures.
	 * @param arguments none for an embedded server in a process of its own; else the
	 * endpoint, bucket, access key, and secret key of one that runs
	 * @throws IOException if the server does not start
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length == 0) {
			try (ServerProcess server = ServerProcess.start("bench"); S3Client raw = server.client(server.endpoint())) {
				compare(raw, "bench");
			}
			return;
		}
		try (S3Client raw = Clients.client(URI.create(arguments[0]), arguments[2], arguments[3])) {
			compare(raw, arguments[1]);
		}
	}

	private static void compare(S3Client raw, String bucket) {
		byte[] content = new byte[SIZE];
		new Random(1).nextBytes(content);
		PutObjectRequest crc = PutObjectRequest.builder()
			.bucket(bucket)
			.key("crc")
			.checksumCRC32(crc32(content))
			.build();
		PutObjectRequest plain = PutObjectRequest.builder().bucket(bucket).key("plain").build();
		compare(raw, bucket, "of an object with a CRC32", false, crc, content);
		compare(raw, bucket, "of an object with an MD5 only", false, plain, content);
		compare(raw, bucket, "of an object with a CRC32, digested", true, crc, content);
		compare(raw, bucket, "of an object with an MD5 only, digested", true, plain, content);
	}

	private static void compare(S3Client raw, String bucket, String what, boolean digestStreams,
			PutObjectRequest request, byte[] content) {
		try (FailoverS3Client failover = FailoverS3Client.builder()
			.primary(raw, bucket)
			.secondary(raw, bucket)
			.transfer(TransferSettings.builder().digestStreams(digestStreams).build())
			.listener(new FailoverMetrics(new SimpleMeterRegistry()))
			.build()) {
			raw.putObject(request, RequestBody.fromBytes(content));
			new Comparison(WARM_UP, ROUNDS, SIZE).print("Download of 64 MiB " + what,
					() -> read(raw, bucket, request.key()), () -> read(failover, bucket, request.key()));
		}
	}

	private static String crc32(byte[] content) {
		CRC32 crc = new CRC32();
		crc.update(content);
		return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

	private static void read(S3Client client, String bucket, String key) {
		byte[] buffer = new byte[1 << 16];
		long total = 0;
		try (InputStream stream = client.getObject((request) -> request.bucket(bucket).key(key))) {
			for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
				total += read;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (total != SIZE) {
			throw new IllegalStateException("Only " + total + " bytes came");
		}
	}

}
