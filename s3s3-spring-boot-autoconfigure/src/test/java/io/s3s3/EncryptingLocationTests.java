package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.Closer;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.EncryptingS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.transfer.TransferSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locations whose clients encrypt objects in the application.
 */
class EncryptingLocationTests {

	private static final int MB = 1 << 20;

	@AutoClose
	private static final EmbeddedS3 east = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 west = EmbeddedS3.start("west");

	@AutoClose
	private final Closer closer = new Closer();

	@TempDir
	private Path folder;

	private final List<RequestEvent> events = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5 * MB, 10 * MB, 11 * MB + 7 })
	void storesAndReadsContentOfAnySize(int size) throws IOException {
		byte[] content = content(size);
		FailoverS3Template s3 = template(EncryptingS3.client(east.endpoint()), EncryptingS3.client(west.endpoint()));

		s3.upload("sized", content);
		s3.upload("unsized", new ByteArrayInputStream(content));
		try (OutputStream stream = s3.uploadAsStream("written")) {
			stream.write(content);
		}

		for (String key : List.of("sized", "unsized", "written")) {
			assertThat(s3.downloadAsBytes(key)).isEqualTo(content);
			assertThat(stored(east, key)).isNotEqualTo(content);
			s3.download(key, this.folder.resolve(key));
			assertThat(Files.readAllBytes(this.folder.resolve(key))).isEqualTo(content);
		}
		assertThat(this.events).noneMatch(RequestFailedOver.class::isInstance);
	}

	@Test
	void cutsPartsThatConsistOfBlocks() {
		byte[] content = content(11 * MB);
		FailoverS3Template s3 = template(EncryptingS3.client(east.endpoint()), EncryptingS3.client(west.endpoint()),
				TransferSettings.builder()
					.partSize(DataSize.ofBytes(5 * MB + 1))
					.multipartThreshold(DataSize.ofMegabytes(6)));

		s3.upload("k", content);

		assertThat(s3.downloadAsBytes("k")).isEqualTo(content);
	}

	@Test
	void sendsPartsOfContentThatIsNotKept() {
		byte[] content = content(15 * MB);
		FailoverS3Template s3 = template(EncryptingS3.client(east.endpoint()), EncryptingS3.client(west.endpoint()),
				TransferSettings.builder()
					.partSize(DataSize.ofMegabytes(5))
					.multipartThreshold(DataSize.ofMegabytes(6))
					.spoolLimit(DataSize.ofBytes(0)));

		s3.upload("k", new ByteArrayInputStream(content));

		assertThat(s3.downloadAsBytes("k")).isEqualTo(content);
	}

	@Test
	void beginsAnUploadAgainAtTheOtherLocation() {
		byte[] content = content(20 * MB);
		try (FaultProxy primary = FaultProxy.to(east.endpoint())) {
			primary.cutAfter(8 * MB);
			FailoverS3Template s3 = template(EncryptingS3.client(primary.uri()), EncryptingS3.client(west.endpoint()));

			s3.upload("k", new ByteArrayInputStream(content));

			assertThat(read(EncryptingS3.client(west.endpoint()), "west", "k")).isEqualTo(content);
			primary.heal();
			s3.upload("k", content(1));
			Awaitility.await()
				.until(() -> east.client()
					.listMultipartUploads((request) -> request.bucket("east"))
					.uploads()
					.isEmpty());
		}
	}

	@Test
	void readsFromTheOtherLocation() {
		byte[] content = content(3 * MB);
		try (FaultyEndpoint dead = FaultyEndpoint.refusing()) {
			template(EncryptingS3.client(west.endpoint()), EncryptingS3.client(east.endpoint()), "west", "east")
				.upload("k", content);

			assertThat(template(EncryptingS3.client(dead.uri()), EncryptingS3.client(west.endpoint()))
				.downloadAsBytes("k")).isEqualTo(content);
		}
	}

	@Test
	void takesAMissingObjectForAnAnswer() {
		FailoverS3Template s3 = template(EncryptingS3.client(east.endpoint()), EncryptingS3.client(west.endpoint()));

		assertThatExceptionOfType(SdkException.class).isThrownBy(() -> s3.downloadAsBytes("missing"));

		assertThat(this.events).noneMatch(RequestFailedOver.class::isInstance);
	}

	@Test
	void readsObjectsWhoseKeysAreInInstructionFiles() throws IOException {
		byte[] content = content(20 * MB);
		S3Client files = EncryptingS3.client(east.endpoint(), true);
		FailoverS3Template s3 = template(files, EncryptingS3.client(west.endpoint(), true));

		s3.upload("k", content);

		assertThat(s3.downloadAsBytes("k")).isEqualTo(content);
		s3.download("k", this.folder.resolve("k"));
		assertThat(Files.readAllBytes(this.folder.resolve("k"))).isEqualTo(content);
		s3.delete("k");
		assertThat(east.client().listObjectsV2((request) -> request.bucket("east").prefix("k")).contents()).isEmpty();
	}

	private FailoverS3Template template(S3Client primary, S3Client secondary) {
		return template(primary, secondary, "east", "west");
	}

	private FailoverS3Template template(S3Client primary, S3Client secondary, String... buckets) {
		return template(primary, secondary,
				TransferSettings.builder()
					.partSize(DataSize.ofMegabytes(5))
					.multipartThreshold(DataSize.ofMegabytes(6)),
				buckets);
	}

	private FailoverS3Template template(S3Client primary, S3Client secondary, TransferSettings.Builder settings,
			String... buckets) {
		return new FailoverS3Template(this.closer.add(FailoverS3Client.builder()
			.primary(primary, (buckets.length > 0) ? buckets[0] : "east")
			.secondary(secondary, (buckets.length > 0) ? buckets[1] : "west")
			.transfer(settings.directory(this.folder).build())
			.listener(this.events::add)
			.build()), null);
	}

	private static byte[] stored(EmbeddedS3 server, String key) {
		return read(server.client(), server.bucket(), key);
	}

	private static byte[] read(S3Client client, String bucket, String key) {
		return client.getObjectAsBytes((request) -> request.bucket(bucket).key(key)).asByteArray();
	}

	private static byte[] content(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

}
