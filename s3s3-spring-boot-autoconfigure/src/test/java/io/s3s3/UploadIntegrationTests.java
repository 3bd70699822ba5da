package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.OneShot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.StorageClass;

import org.springframework.core.io.WritableResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Uploads whose primary fails midway, over real sockets.
 */
class UploadIntegrationTests extends AbstractUploadIntegrationTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 100_000, 3 * MB })
	void replaysAOneShotStreamOfKnownLength(int size) {
		byte[] content = randomBytes(size);
		this.primary.cutAfter(size / 2);
		run((template) -> {
			OneShot stream = new OneShot(content);
			List<RequestFailedOver> failovers = new ArrayList<>();

			template.on(RequestFailedOver.class, failovers::add)
				.putObject((request) -> request.key("k"), RequestBody.fromInputStream(stream, size));

			assertThat(at(western, "west")).isEqualTo(content);
			assertThat(stream.count()).isEqualTo(size);
			assertThat(failovers).hasSize(1);
		});
	}

	@Test
	void storesABodyOfUnknownLengthTwice() {
		byte[] content = randomBytes(100_000);
		run((template) -> {
			RequestBody body = RequestBody.fromContentProvider(() -> new OneShot(content), "text/plain");
			template.putObject((request) -> request.key("other"), body);

			template.putObject((request) -> request.key("k"), body);
			assertThat(at(eastern, "east")).isEqualTo(content);
			template.upload(PutObjectRequest.builder().key("k").build(), body);
			assertThat(at(eastern, "east")).isEqualTo(content);
			template.delete("other");
		});
	}

	@Test
	void storesNothingOfAStreamThatTakesLongerThanTheCall() {
		runner().withPropertyValues("s3s3.failover.call-timeout=2s").run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			InputStream slow = new OneShot(randomBytes(1000)) {

				private long pause = Duration.ofMillis(2100).toNanos();

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					LockSupport.parkNanos(this.pause);
					this.pause = 0;
					return super.read(bytes, offset, length);
				}

			};

			ApiCallTimeoutException error = catchThrowableOfType(ApiCallTimeoutException.class,
					() -> template.upload("k", slow));

			assertThat(FailoverTrace.of(error)).get()
				.extracting((trace) -> trace.attempts().get(0).failure().effect())
				.isEqualTo(Effect.NOT_SENT);
			assertThat(template.exists("k")).isFalse();
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1000, 20 * MB })
	void uploadsAStreamOfUnknownLength(int size) {
		byte[] content = randomBytes(size);
		run((template) -> {
			template.upload("k", new OneShot(content));

			assertThat(at(eastern, "east")).isEqualTo(content);
			String eTag = head(eastern, "east").eTag();
			if (size > 8 * MB) {
				assertThat(eTag).endsWith("-3\"");
			}
			else {
				assertThat(eTag).doesNotContain("-");
			}
		});
	}

	@Test
	void carriesOverWhatTheRequestSays() {
		byte[] content = randomBytes(17 * MB);
		run((template) -> {
			template.upload(PutObjectRequest.builder()
				.key("k")
				.contentType("text/css")
				.cacheControl("no-cache")
				.storageClass(StorageClass.STANDARD)
				.metadata(java.util.Map.of("colour", "blue"))
				.build(), RequestBody.fromBytes(content));

			HeadObjectResponse head = head(eastern, "east");
			assertThat(head.contentType()).isEqualTo("text/css");
			assertThat(head.cacheControl()).isEqualTo("no-cache");
			assertThat(head.metadata()).containsEntry("colour", "blue");
			assertThat(head.eTag()).endsWith("-3\"");
			assertThat(at(eastern, "east")).isEqualTo(content);
		});
	}

	@Test
	void sendsAFileInPartsWithoutRecordingIt() throws IOException {
		byte[] content = randomBytes(17 * MB);
		Path file = Files.write(Files.createTempDirectory("upload").resolve("file.json"), content);
		this.primary.cutAfter(10 * MB);
		runner().withPropertyValues("s3s3.transfer.memory-limit=0B", "s3s3.transfer.spool-limit=0B").run((context) -> {
			context.getBean(FailoverS3Template.class).upload("k", file);

			assertThat(at(western, "west")).isEqualTo(content);
			assertThat(head(western, "west").contentType()).isEqualTo("application/json");
		});
		Files.delete(file);
		Files.delete(file.getParent());
	}

	@Test
	void sendsPartsOneByOneThoughNothingMayBeSpooled() {
		byte[] content = randomBytes(20 * MB);
		runner().withPropertyValues("s3s3.transfer.spool-limit=0B").run((context) -> {
			context.getBean(FailoverS3Template.class).upload("k", new OneShot(content));

			assertThat(at(eastern, "east")).isEqualTo(content);
		});
	}

	@Test
	void storesWhatIsWrittenToAnS3ResourceThoughThePrimaryFailsMidway() {
		byte[] content = randomBytes(20 * MB);
		this.primary.cutAfter(10 * MB);
		runner().run((context) -> {
			WritableResource resource = (WritableResource) context.getResource("s3://east/k");
			try (OutputStream stream = resource.getOutputStream()) {
				stream.write(content);
			}

			assertThat(this.primary.isCut()).isTrue();
			assertThat(at(western, "west")).isEqualTo(content);
		});
	}

	@Test
	void speaksOfBothLocationsWhenBothFail() {
		this.primary.cutAfter(9 * MB);
		this.secondary.cutAfter(9 * MB);
		run((template) -> {
			Throwable error = catchThrowable(() -> template.upload("k", new OneShot(randomBytes(20 * MB))));

			assertThat(FailoverTrace.of(error).orElseThrow().attempts()).extracting((attempt) -> attempt.location())
				.containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY);
			this.primary.heal();
			this.secondary.heal();
			Awaitility.await().untilAsserted(() -> {
				assertThat(uploadsAt(eastern, "east")).isZero();
				assertThat(uploadsAt(western, "west")).isZero();
			});
		});
	}

	@Test
	void equalsItsSourceWhereverThePrimaryFails() {
		Random random = new Random(4);
		run((template) -> {
			for (int i = 0; i < 60; i++) {
				int size = (i % 6 == 0) ? random.nextInt(12 * MB) : random.nextInt(200_000);
				byte[] content = randomBytes(size);
				this.primary.heal();
				this.primary.cutAfter(random.nextInt(size + 1));

				if (i % 2 == 0) {
					template.upload("k", new OneShot(content), size);
				}
				else {
					template.upload("k", new OneShot(content));
				}

				assertThat(at(western, "west")).as("size " + size).isEqualTo(content);
			}
			this.primary.heal();
			Awaitility.await().untilAsserted(() -> assertThat(uploadsAt(eastern, "east")).isZero());
			assertThat(uploadsAt(western, "west")).isZero();
		});
	}

	private static HeadObjectResponse head(S3Client client, String bucket) {
		return client.headObject((request) -> request.bucket(bucket).key("k"));
	}

}
