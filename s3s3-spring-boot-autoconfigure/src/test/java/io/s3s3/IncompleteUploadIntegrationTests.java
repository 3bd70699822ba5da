package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.awspring.cloud.s3.S3OutputStream;
import io.s3s3.event.BytesTransferred;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.OneShot;
import io.s3s3.testkit.OpenFiles;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Uploads in parts that end before they are complete.
 */
class IncompleteUploadIntegrationTests extends AbstractUploadIntegrationTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 9, 17, 20 })
	void beginsAgainElsewhereWhenAPartFails(int cutAfterMb) {
		byte[] content = randomBytes(20 * MB + 1);
		this.primary.cutAfter((long) cutAfterMb * MB);
		run((template) -> {
			OneShot stream = new OneShot(content);
			List<RequestFailedOver> failovers = Collections.synchronizedList(new ArrayList<>());
			List<RequestCompleted> completed = Collections.synchronizedList(new ArrayList<>());
			List<Long> progress = Collections.synchronizedList(new ArrayList<>());

			template.on(RequestFailedOver.class, failovers::add)
				.on(RequestCompleted.class, completed::add)
				.on(BytesTransferred.class, (event) -> progress.add(event.getBytes()))
				.upload("k", stream);

			assertThat(this.primary.isCut()).isTrue();
			assertThat(at(western, "west")).isEqualTo(content);
			assertThat(stream.count()).isEqualTo(content.length);
			assertThat(failovers).hasSize(1);
			assertThat(failovers.get(0).getOperation()).isEqualTo("PutObject");
			assertThat(failovers.get(0).getEffect()).isEqualTo(Effect.NOT_SENT);
			assertThat(completed).hasSize(1);
			assertThat(completed.get(0).getLocation()).isEqualTo(LocationRole.SECONDARY);
			assertThat(progress).isSorted().endsWith((long) content.length);
		});
	}

	@Test
	void abortsTheAbandonedUploadWhenItsLocationIsBack() {
		this.primary.cutAfter(9 * MB);
		run((template) -> {
			template.upload("k", new OneShot(randomBytes(20 * MB)));
			assertThat(uploadsAt(eastern, "east")).isEqualTo(1);

			this.primary.heal();

			Awaitility.await().untilAsserted(() -> assertThat(uploadsAt(eastern, "east")).isZero());
			assertThat(uploadsAt(western, "west")).isZero();
		});
	}

	@Test
	void saysThatItCannotBeginAgainWhenNothingMayBeSpooled() {
		this.primary.cutAfter(10 * MB);
		runner().withPropertyValues("s3s3.transfer.spool-limit=0B").run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);

			Throwable error = catchThrowable(() -> template.upload("k", new OneShot(randomBytes(20 * MB))));

			assertThat(FailoverTrace.of(error).orElseThrow()).hasMessageContaining("s3s3.transfer.spool-limit");
		});
	}

	@Test
	void abortsAtOnceWhenTheCallersStreamFails() {
		IOException failure = new IOException("disk");
		run((template) -> {
			InputStream broken = new OneShot(randomBytes(20 * MB)) {

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					if (count() > 18 * MB) {
						throw failure;
					}
					return super.read(bytes, offset, length);
				}

			};

			assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> template.upload("k", broken))
				.withCause(failure);

			assertThat(uploadsAt(eastern, "east")).isZero();
			assertThat(this.secondary.heads()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leavesNothingBehindWhenTheCallerIsInterrupted(boolean lengthIsKnown) {
		int size = 15 * MB;
		run((template) -> {
			InputStream stream = new OneShot(randomBytes(size)) {

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					if (count() > 12 * MB) {
						Thread.currentThread().interrupt();
					}
					return super.read(bytes, offset, length);
				}

			};

			assertThatExceptionOfType(AbortedException.class).isThrownBy(() -> {
				if (lengthIsKnown) {
					template.upload("k", stream, size);
				}
				else {
					template.upload("k", stream);
				}
			});

			assertThat(Thread.interrupted()).isTrue();
			assertThat(this.secondary.heads()).isEmpty();
			assertThat(OpenFiles.in(this.folder)).isZero();
			Awaitility.await().untilAsserted(() -> assertThat(uploadsAt(eastern, "east")).isZero());
		});
	}

	@Test
	void leavesNothingBehindWhenAnOutputStreamIsAborted() {
		run((template) -> {
			S3OutputStream stream = template.uploadAsStream("k");
			stream.write(randomBytes(12 * MB));

			stream.abort();

			assertThat(uploadsAt(eastern, "east")).isZero();
			assertThat(template.exists("k")).isFalse();
			assertThat(OpenFiles.in(this.folder)).isZero();
		});
	}

}
