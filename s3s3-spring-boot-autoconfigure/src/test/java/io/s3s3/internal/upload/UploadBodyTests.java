package io.s3s3.internal.upload;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.s3s3.testkit.OpenFiles;
import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UploadBody}.
 */
class UploadBodyTests extends AbstractUploadBodyTests {

	@ParameterizedTest
	@MethodSource
	void sendsAnyBodyAgain(RequestBody body) throws IOException {
		UploadBody upload = new UploadBody(body, this.settings);

		for (int attempt = 0; attempt < 3; attempt++) {
			RequestBody sent = upload.forAttempt(null);
			assertThat(sent.contentStreamProvider().newStream().readAllBytes()).isEqualTo(CONTENT);
			assertThat(sent.optionalContentLength()).contains((long) CONTENT.length);
			assertThat(sent.contentType()).isEqualTo(body.contentType());
		}
	}

	static Stream<Arguments> sendsAnyBodyAgain() {
		ContentStreamProvider supplier = ContentStreamProvider
			.fromInputStreamSupplier(() -> new ByteArrayInputStream(CONTENT));
		return Stream.of(Arguments.of(RequestBody.fromBytes(CONTENT)),
				Arguments.of(RequestBody.fromString("some content")),
				Arguments.of(RequestBody.fromContentProvider(() -> new ByteArrayInputStream(CONTENT), CONTENT.length,
						"text/plain")),
				Arguments.of(RequestBody.fromContentProvider(() -> new ByteArrayInputStream(CONTENT), "text/plain")),
				Arguments.of(RequestBody.fromContentProvider(supplier, CONTENT.length, "text/plain")),
				Arguments.of(RequestBody.fromInputStream(new ByteArrayInputStream(CONTENT), CONTENT.length)),
				Arguments
					.of(RequestBody.fromInputStream(new OneShot(new ByteArrayInputStream(CONTENT)), CONTENT.length)),
				Arguments.of(RequestBody.fromContentProvider(once(), CONTENT.length, "text/plain")),
				Arguments.of(RequestBody.fromContentProvider(once(), "text/plain")),
				Arguments.of(RequestBody.fromInputStream(
						new BufferedInputStream(new OneShot(new ByteArrayInputStream(CONTENT))), CONTENT.length)));
	}

	private static ContentStreamProvider once() {
		InputStream stream = new OneShot(new ByteArrayInputStream(CONTENT));
		return () -> stream;
	}

	@Test
	void takesAFile() throws IOException {
		Path file = Files.write(this.folder.resolve("file"), CONTENT);
		UploadBody upload = new UploadBody(RequestBody.fromFile(file), this.settings);

		assertThat(upload.forAttempt(null).contentStreamProvider().newStream()).hasBinaryContent(CONTENT);
		assertThat(upload.forAttempt(null).contentStreamProvider().newStream()).hasBinaryContent(CONTENT);
	}

	@Test
	void leavesNoFileOpen() throws IOException {
		Path file = Files.write(this.folder.resolve("file"), CONTENT);
		try (UploadBody upload = new UploadBody(FileContent.bodyOf(file), this.settings)) {
			ContentStreamProvider attempt = upload.forAttempt(null).contentStreamProvider();
			for (int i = 0; i < 3; i++) {
				assertThat(attempt.newStream().read()).isEqualTo(CONTENT[0]);
			}
			upload.forAttempt(null).contentStreamProvider().newStream();

			assertThat(OpenFiles.in(this.folder)).isLessThanOrEqualTo(1);
		}
		assertThat(OpenFiles.in(this.folder)).isZero();
	}

	@Test
	void takesAFileStreamThatTheSdkCanReset() throws IOException {
		Path file = Files.write(this.folder.resolve("file"), new byte[1 << 18]);
		try (InputStream stream = new java.io.FileInputStream(file.toFile())) {
			UploadBody upload = new UploadBody(RequestBody.fromInputStream(stream, 1 << 18), this.settings);

			assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(1 << 18);
			assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(1 << 18);
		}
	}

	@Test
	void readsTheStreamOnceAndNotBeyondWhatIsAskedFor() throws IOException {
		CountingStream stream = new CountingStream(100);
		UploadBody upload = new UploadBody(RequestBody.fromInputStream(stream, 100), this.settings);
		RequestBody attempt = upload.forAttempt(null);
		assertThat(stream.count).isZero();

		attempt.contentStreamProvider().newStream().readNBytes(30);
		assertThat(stream.count).isEqualTo(30);
		upload.forAttempt(null).contentStreamProvider().newStream().readNBytes(40);
		assertThat(stream.count).isEqualTo(40);
		assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(100);
		assertThat(stream.count).isEqualTo(100);
	}

	@Test
	void forgetsAnErrorOfABodyThatOpensAnew() throws IOException {
		Path file = Files.write(this.folder.resolve("file"), CONTENT);
		try (UploadBody upload = new UploadBody(RequestBody.fromFile(file), this.settings)) {
			Files.delete(file);
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> upload.forAttempt(null).contentStreamProvider().newStream());
			assertThat(upload.callerFailure()).isNotNull();
			Files.write(file, CONTENT);

			upload.forAttempt(null).contentStreamProvider().newStream();

			assertThat(upload.callerFailure()).isNull();
		}
	}

	@Test
	void goesOnWithABodyThatIsTooLongToBeRecordedButOnlyOnce() throws IOException {
		TransferSettings small = TransferSettings.builder()
			.memoryLimit(DataSize.ofBytes(10))
			.spoolLimit(DataSize.ofBytes(0))
			.build();
		UploadBody upload = new UploadBody(RequestBody.fromInputStream(new CountingStream(50), 50), small);
		assertThat(upload.notReplayableReason()).isNull();

		assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(50);

		assertThat(upload.notReplayableReason()).contains("s3s3.transfer.spool-limit");
		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> upload.forAttempt(null).contentStreamProvider().newStream());
		upload.replaceWith(RequestBody.fromBytes(new byte[50]));
		assertThat(upload.notReplayableReason()).isNull();
		assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(50);
	}

	@Test
	void refusesAReplacementOfAnotherLength() {
		UploadBody upload = new UploadBody(RequestBody.fromBytes(CONTENT), this.settings);

		assertThatIllegalArgumentException().isThrownBy(() -> upload.replaceWith(RequestBody.fromBytes(new byte[1])));
		assertThat(upload.forAttempt(null).optionalContentLength()).contains((long) CONTENT.length);
	}

	@Test
	void notesWhatTheCallersStreamThrows() {
		IOException failure = new IOException("disk");
		UploadBody upload = new UploadBody(RequestBody.fromContentProvider(() -> new InputStream() {

			@Override
			public int read() throws IOException {
				throw failure;
			}

		}, 1, "text/plain"), this.settings);

		assertThatIOException()
			.isThrownBy(() -> upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes());
		assertThat(upload.callerFailure()).isSameAs(failure);
	}

	@Test
	void tellsHowFarItHasCome() throws IOException {
		List<Long> moved = new ArrayList<>();
		UploadBody upload = new UploadBody(RequestBody.fromBytes(CONTENT), this.settings);

		InputStream stream = upload.forAttempt((bytes, total) -> {
			assertThat(total).isEqualTo(CONTENT.length);
			moved.add(bytes);
		}).contentStreamProvider().newStream();
		stream.readNBytes(5);
		stream.readAllBytes();

		assertThat(moved).containsExactly(5L, (long) CONTENT.length);
	}

	/**
	 * A stream that can't be reset.
	 */
	private static final class OneShot extends FilterInputStream {

		OneShot(InputStream in) {
			super(in);
		}

		@Override
		public boolean markSupported() {
			return false;
		}

		@Override
		public synchronized void mark(int limit) {
		}

		@Override
		public synchronized void reset() throws IOException {
			throw new IOException("Can't be reset");
		}

	}

}
