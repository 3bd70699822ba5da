package io.s3s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.TransferProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process leaves behind when it is killed in the middle of a transfer, and what
 * happens to it.
 */
class KilledProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path folder;

	private EmbeddedS3 server;

	@BeforeEach
	void start() {
		this.server = EmbeddedS3.start("east");
		this.server.put("k", new byte[1_000_000]);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void itsPartFileIsDeletedByALaterDownloadIntoTheDirectory() throws IOException {
		try (DownloadCutter stalling = DownloadCutter.before(this.server)) {
			stalling.cut(Cut.STALL, (length) -> length / 2);
			TransferProcess process = TransferProcess.downloading(stalling.uri(), this.folder.resolve("target"));
			Path part = await(".part");

			process.kill();
			old(part);
			download("other");

			assertThat(part).doesNotExist();
			assertThat(this.folder.resolve("other")).hasSize(1_000_000);
		}
	}

	@Test
	void thePartFileOfALivingProcessIsLeftAlone() throws IOException {
		try (DownloadCutter stalling = DownloadCutter.before(this.server)) {
			stalling.cut(Cut.STALL, (length) -> length / 2);
			try (TransferProcess process = TransferProcess.downloading(stalling.uri(), this.folder.resolve("target"))) {
				Path part = await(".part");

				old(part);
				download("other");

				assertThat(part).exists();
				process.kill();
			}
		}
	}

	@Test
	void itsUploadsAreAbortedByTheNext() throws IOException {
		TransferProcess process = TransferProcess.uploading(this.server.endpoint(), this.folder);
		Path journal = await(".uploads");
		Awaitility.await().atMost(PATIENCE).until(() -> !uploads().isEmpty());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal))).isEqualTo("rw-------");

		process.kill();
		assertThat(uploads()).hasSize(1);
		try (FailoverS3Client next = TransferProcess.client(this.server.endpoint(), this.folder)) {
			Awaitility.await().atMost(PATIENCE).until(() -> uploads().isEmpty());
			Awaitility.await().atMost(PATIENCE).until(() -> files(".uploads").isEmpty());
		}
	}

	@Test
	void theUploadsOfALivingProcessAreLeftAlone() {
		try (TransferProcess process = TransferProcess.uploading(this.server.endpoint(), this.folder)) {
			Path journal = await(".uploads");
			Awaitility.await().atMost(PATIENCE).until(() -> !uploads().isEmpty());

			try (FailoverS3Client next = TransferProcess.client(this.server.endpoint(), this.folder)) {
				Awaitility.await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> uploads().size() == 1);
			}
			assertThat(journal).exists();
			process.kill();
		}
	}

	@Test
	void anUploadThatEndsWellLeavesNothingBehind() {
		try (FailoverS3Client client = TransferProcess.client(this.server.endpoint(), this.folder)) {
			new FailoverS3Template(client, null).upload("k", new byte[17 << 20]);
		}

		assertThat(this.folder).isEmptyDirectory();
	}

	private void download(String name) {
		try (FailoverS3Client client = TransferProcess.client(this.server.endpoint(), this.folder)) {
			new FailoverS3Template(client, null).download("k", this.folder.resolve(name));
		}
	}

	private Path await(String suffix) {
		return Awaitility.await().atMost(PATIENCE).until(() -> files(suffix), (files) -> !files.isEmpty()).get(0);
	}

	private List<Path> files(String suffix) {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<MultipartUpload> uploads() {
		return this.server.client().listMultipartUploads((request) -> request.bucket("east")).uploads();
	}

	private static void old(Path file) throws IOException {
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
	}

}
