package io.s3s3.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.OneShot;
import io.s3s3.testkit.OpenFiles;
import io.s3s3.transfer.TransferSettings;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A thousand uploads of 0 to 16 MiB whose primary fails at a random byte: each object on
 * the secondary must equal its source, and nothing may be left behind.
 */
public final class RandomFailureBenchmark {

	private static final int MAX_SIZE = 16 << 20;

	private RandomFailureBenchmark() {
	}

	/**
	 * Run.
	 * @param arguments how many uploads, 1000 unless given
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		int uploads = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 1000;
		Path folder = Files.createTempDirectory("s3s3-benchmark");
		Random random = new Random(1000);
		try (EmbeddedS3 east = EmbeddedS3.start("east");
				EmbeddedS3 west = EmbeddedS3.start("west");
				FaultProxy primary = FaultProxy.to(east.endpoint());
				FaultProxy secondary = FaultProxy.to(west.endpoint());
				S3Client eastern = east.client();
				S3Client western = west.client();
				S3Client first = EmbeddedS3.client(primary.uri());
				S3Client second = EmbeddedS3.client(secondary.uri())) {
			FailoverS3Client client = FailoverS3Client.builder()
				.primary(first, "east")
				.secondary(second, "west")
				.transfer(TransferSettings.builder().directory(folder).build())
				.build();
			FailoverS3Template template = new FailoverS3Template(client, null);
			for (int i = 0; i < uploads; i++) {
				byte[] content = new byte[random.nextInt(MAX_SIZE + 1)];
				random.nextBytes(content);
				primary.heal();
				primary.cutAfter(random.nextInt(content.length + 1));
				if (i % 2 == 0) {
					template.upload("k", new OneShot(content), content.length);
				}
				else {
					template.upload("k", new OneShot(content));
				}
				byte[] stored = western.getObjectAsBytes((request) -> request.bucket("west").key("k"))
					.asByteArrayUnsafe();
				require(java.util.Arrays.equals(stored, content), "The object equals its source");
				require(OpenFiles.in(folder) == 0, "No temporary file is open");
			}
			primary.heal();
			template.exists("k");
			long deadline = System.nanoTime() + 120_000_000_000L;
			while (uploadsAt(eastern, "east") > 0 && System.nanoTime() < deadline) {
				Thread.sleep(200);
			}
			require(uploadsAt(eastern, "east") == 0 && uploadsAt(western, "west") == 0, "No upload id is left");
			client.close();
			first.close();
			second.close();
			deadline = System.nanoTime() + 10_000_000_000L;
			while (primary.openConnections() + secondary.openConnections() > 0 && System.nanoTime() < deadline) {
				Thread.sleep(50);
			}
			require(primary.openConnections() + secondary.openConnections() == 0, "No connection is left");
			try (var files = Files.list(folder)) {
				require(files.findAny().isEmpty(), "No temporary file is left");
			}
			System.out.printf("Random failures: %d uploads, each equal to its source; nothing left behind%n", uploads);
		}
		Files.delete(folder);
	}

	private static int uploadsAt(S3Client client, String bucket) {
		return client.listMultipartUploads((request) -> request.bucket(bucket)).uploads().size();
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("Not true: " + what);
		}
	}

}
