package io.s3s3.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.function.Consumer;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/**
 * How many bytes move when a download of 1 GiB breaks at its half: as a stream, and in
 * parts into a file, and by the asynchronous client and its transfer manager. Both
 * locations show the same server, in a process of its own. What a reset takes from the
 * buffers of the sender, up to some MB for each connection, counts as moved though it
 * never arrives.
 */
public final class ResumedDownloadBenchmark {

	private static final long SIZE = 1L << 30;

	private static final int CONNECTIONS = 50;

	private static final GetObjectRequest REQUEST = GetObjectRequest.builder().key("key").build();

	private ResumedDownloadBenchmark() {
	}

	/**
	 * Print the figures.
	 * @param arguments none
	 * @throws Exception if a download fails
	 */
	public static void main(String[] arguments) throws Exception {
		try (ServerProcess server = ServerProcess.start("bench", "-Xmx3g");
				S3Client direct = server.client(server.endpoint())) {
			byte[] digest = store(direct);
			for (Cut cut : new Cut[] { Cut.CLOSE, Cut.RESET }) {
				measure(server, digest, "stream", ResumedDownloadBenchmark::readStream, cut);
				measure(server, digest, "file, in parts", ResumedDownloadBenchmark::readFile, cut);
				measure(server, digest, "asynchronous, stream", ResumedDownloadBenchmark::readAsyncStream, cut);
				measure(server, digest, "asynchronous, file", ResumedDownloadBenchmark::readAsyncFile, cut);
				measure(server, digest, "transfer manager", ResumedDownloadBenchmark::readByManager, cut);
			}
		}
	}

	private static byte[] readStream(FailoverS3Client client, FailoverS3AsyncClient async) throws IOException {
		try (InputStream stream = client.getObject(REQUEST)) {
			return digestOf(stream);
		}
	}

	private static byte[] readFile(FailoverS3Client client, FailoverS3AsyncClient async) throws IOException {
		return readFile((file) -> client.getObject(REQUEST, file));
	}

	private static byte[] readAsyncStream(FailoverS3Client client, FailoverS3AsyncClient async) throws IOException {
		try (InputStream stream = async.getObject(REQUEST, AsyncResponseTransformer.toBlockingInputStream()).join()) {
			return digestOf(stream);
		}
	}

	private static byte[] readAsyncFile(FailoverS3Client client, FailoverS3AsyncClient async) throws IOException {
		return readFile((file) -> async.getObject(REQUEST, file).join());
	}

	private static byte[] readByManager(FailoverS3Client client, FailoverS3AsyncClient async) throws IOException {
		try (S3TransferManager manager = S3TransferManager.builder().s3Client(async).build()) {
			return readFile(
					(file) -> manager.downloadFile((download) -> download.destination(file).getObjectRequest(REQUEST))
						.completionFuture()
						.join());
		}
	}

	private static byte[] readFile(Consumer<Path> download) throws IOException {
		Path file = Files.createTempDirectory("s3s3").resolve("large");
		download.accept(file);
		try (InputStream stream = Files.newInputStream(file)) {
			return digestOf(stream);
		}
		finally {
			Files.delete(file);
			Files.delete(file.getParent());
		}
	}

	private static void measure(ServerProcess server, byte[] digest, String form, Download download, Cut cut)
			throws Exception {
		try (DownloadCutter primary = DownloadCutter.before(server.endpoint().getPort());
				DownloadCutter secondary = DownloadCutter.before(server.endpoint().getPort());
				S3Client east = server.client(primary.uri());
				S3Client west = server.client(secondary.uri());
				FailoverS3Client client = FailoverS3Client.builder()
					.primary(east, "bench")
					.secondary(west, "bench")
					.build();
				S3AsyncClient asyncEast = server.asyncClient(primary.uri(), CONNECTIONS).build();
				S3AsyncClient asyncWest = server.asyncClient(secondary.uri(), CONNECTIONS).build();
				FailoverS3AsyncClient async = FailoverS3AsyncClient.builder()
					.client(client)
					.primary(asyncEast)
					.secondary(asyncWest)
					.build()) {
			primary.cut(cut, (length) -> length / 2);
			long started = System.nanoTime();
			boolean right = MessageDigest.isEqual(digest, download.run(client, async));
			double seconds = (System.nanoTime() - started) / 1e9;
			double moved = (double) (primary.bodyBytes() + secondary.bodyBytes()) / SIZE;
			System.out.printf("1 GiB cut at 50 %% by %s, %s: %.4f of its bytes moved in %.1f s, digest %s%n", cut, form,
					moved, seconds, right ? "right" : "WRONG");
		}
	}

	private static byte[] store(S3Client client) throws IOException {
		client.putObject((request) -> request.bucket("bench").key("key"),
				RequestBody.fromContentProvider(RandomStream::new, SIZE, "application/octet-stream"));
		return digestOf(new RandomStream());
	}

	private static byte[] digestOf(InputStream content) throws IOException {
		try (DigestInputStream stream = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
			stream.transferTo(OutputStream.nullOutputStream());
			return stream.getMessageDigest().digest();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads the object and returns its digest.
	 */
	@FunctionalInterface
	private interface Download {

		byte[] run(FailoverS3Client client, FailoverS3AsyncClient async) throws IOException;

	}

	/**
	 * The same random bytes each time.
	 */
	private static final class RandomStream extends InputStream {

		private final byte[] block = new byte[(1 << 20) + 7];

		private long position;

		RandomStream() {
			new Random(7).nextBytes(this.block);
		}

		@Override
		public int read() {
			return (this.position < SIZE) ? this.block[(int) (this.position++ % this.block.length)] & 0xFF : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			if (this.position >= SIZE) {
				return -1;
			}
			int from = (int) (this.position % this.block.length);
			int count = (int) Math.min(Math.min(length, this.block.length - from), SIZE - this.position);
			System.arraycopy(this.block, from, bytes, offset, count);
			this.position += count;
			return count;
		}

	}

}
