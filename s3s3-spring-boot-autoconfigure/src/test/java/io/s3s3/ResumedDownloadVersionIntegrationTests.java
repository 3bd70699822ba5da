package io.s3s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import io.s3s3.failure.FailoverTrace;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Downloads that break midway where the other location has another object, another
 * version, or none.
 */
class ResumedDownloadVersionIntegrationTests extends AbstractResumedDownloadTests {

	@Test
	void neverMixesTwoObjects() {
		put(west, random(300_001));
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);
			InputStream stream = template.downloadAsStream(KEY);
			ByteArrayOutputStream given = new ByteArrayOutputStream();

			IOException error = catchThrowableOfType(IOException.class, () -> stream.transferTo(given));

			assertThat(error).hasMessageContaining("broke after 1000 of 300000 bytes")
				.hasMessageContaining("the object is different at the secondary");
			assertThat(FailoverTrace.of(error)).get().extracting((trace) -> trace.attempts().size()).isEqualTo(3);
			assertThat(given.toByteArray()).isEqualTo(java.util.Arrays.copyOf(CONTENT, 1000));
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.read());
			stream.close();
		});
	}

	@Test
	void saysOnceWhatItFoundInEachRound() {
		put(west, random(300_001));
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> template.downloadAsStream(KEY).readAllBytes())
				.withMessageEndingWith("no location has the rest: the object is different at the secondary");
		}, "s3s3.failover.max-rounds=3");
	}

	@Test
	void saysThatTheObjectIsMissingAtTheOtherLocation() {
		delete(west);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> template.downloadAsStream(KEY).readAllBytes())
				.withMessageContaining("the object is missing at the secondary");
		});
	}

	@ParameterizedTest
	@MethodSource("restartable")
	void startsOverWithTheOtherObjectWhileNothingHasBeenGivenToTheCaller(Form form) {
		byte[] other = random(1234);
		put(west, other);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(other);
		});
	}

	@Test
	void goesOnWithTheVersionThatWasOverwrittenMeanwhile() {
		byte[] other = random(123_456);
		try (EmbeddedS3 versioned = EmbeddedS3.start("east");
				DownloadCutter cutter = DownloadCutter.before(versioned)) {
			enableVersioning(versioned);
			put(versioned, CONTENT);
			this.primary.close();
			this.primary = cutter;
			put(west, other);
			run((template) -> {
				this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : length);
				try (InputStream stream = template.downloadAsStream(KEY)) {
					byte[] start = stream.readNBytes(1000);
					put(versioned, other);

					assertThat(start).isEqualTo(java.util.Arrays.copyOf(CONTENT, 1000));
					assertThat(stream.readAllBytes())
						.isEqualTo(java.util.Arrays.copyOfRange(CONTENT, 1000, CONTENT.length));
				}
			});
		}
	}

	@Test
	void bringsTheVersionThatWasAskedFor() {
		try (EmbeddedS3 versioned = EmbeddedS3.start("east");
				DownloadCutter cutter = DownloadCutter.before(versioned)) {
			enableVersioning(versioned);
			String version = put(versioned, CONTENT);
			put(versioned, random(123_456));
			this.primary.close();
			this.primary = cutter;
			run((template) -> {
				this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : length);

				assertThat(template
					.getObject((request) -> request.key(KEY).versionId(version), ResponseTransformer.toBytes())
					.asByteArray()).isEqualTo(CONTENT);
			});
		}
	}

	private static void enableVersioning(EmbeddedS3 server) {
		try (S3Client client = server.client()) {
			client.putBucketVersioning((request) -> request.bucket(server.bucket())
				.versioningConfiguration((versioning) -> versioning.status(BucketVersioningStatus.ENABLED)));
		}
	}

}
