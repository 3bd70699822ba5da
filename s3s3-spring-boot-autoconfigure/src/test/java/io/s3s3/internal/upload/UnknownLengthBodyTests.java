package io.s3s3.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link UploadBody} where the length of the body is not known.
 */
class UnknownLengthBodyTests extends AbstractUploadBodyTests {

	@Test
	void sendsABodyOfUnknownLengthInFullThoughAnAttemptBrokeMidway() throws IOException {
		UploadBody upload = new UploadBody(
				RequestBody.fromContentProvider(() -> new ByteArrayInputStream(CONTENT), "text/plain"), this.settings);
		try (InputStream broken = upload.forAttempt(null).contentStreamProvider().newStream()) {
			broken.readNBytes(3);
		}

		assertThat(upload.forAttempt(null).contentStreamProvider().newStream()).hasBinaryContent(CONTENT);
	}

	@Test
	void tellsThatABodyOfUnknownLengthCannotBeRead() {
		UploadBody upload = new UploadBody(RequestBody.fromContentProvider(() -> new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("disk");
			}

		}, "text/plain"), this.settings);

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> upload.forAttempt(null))
			.withRootCauseInstanceOf(IOException.class);
		assertThat(upload.callerFailure()).hasMessage("disk");
	}

	@Test
	void keepsNoBodyOfUnknownLengthInMemory() throws IOException {
		RequestBody body = RequestBody.fromContentProvider(() -> new CountingStream(3_000_000), "text/plain");
		try (UploadBody upload = new UploadBody(body, this.settings)) {
			assertThat(upload.forAttempt(null).optionalContentLength()).contains(3_000_000L);
			assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(3_000_000);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 100_000, 1 << 20 })
	void leavesABodyOfUnknownLengthToAnotherCall(int size) throws IOException {
		RequestBody body = RequestBody.fromContentProvider(() -> new CountingStream(size), "text/plain");
		for (int call = 0; call < 3; call++) {
			try (UploadBody upload = new UploadBody(body, this.settings)) {
				assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(size);
			}
		}
	}

	@Test
	void refusesABodyOfUnknownLengthOfWhichTheSdkHasForgottenThePart() {
		RequestBody body = RequestBody.fromContentProvider(() -> new CountingStream((1 << 20) + 1), "text/plain");
		try (UploadBody upload = new UploadBody(body, this.settings)) {
			upload.prepare();
		}

		try (UploadBody upload = new UploadBody(body, this.settings)) {
			assertThatIllegalStateException().isThrownBy(upload::prepare).withMessageContaining("sent before");
			assertThat(upload.callerFailure()).isNotNull();
		}
	}

	@Test
	void refusesABodyOfUnknownLengthThatItIsToReplace() {
		RequestBody body = RequestBody.fromContentProvider(() -> new CountingStream(3_000_000), "text/plain");
		try (UploadBody upload = new UploadBody(body, this.settings)) {
			upload.prepare();

			upload.replaceWith(body);

			assertThatIllegalStateException().isThrownBy(upload::prepare);
		}
	}

	@Test
	void refusesABodyOfUnknownLengthThatIsTooLongToBeRecorded() {
		TransferSettings small = TransferSettings.builder()
			.memoryLimit(DataSize.ofBytes(10))
			.spoolLimit(DataSize.ofBytes(0))
			.build();
		UploadBody upload = new UploadBody(RequestBody.fromContentProvider(() -> new CountingStream(11), "text/plain"),
				small);

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> upload.forAttempt(null))
			.withMessageContaining("s3s3.transfer.spool-limit");
		assertThat(upload.callerFailure()).isNotNull();
	}

}
