package io.s3s3.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link UploadBody}.
 */
class UploadBodyTests {

	private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path folder;

	@ParameterizedTest
	@MethodSource
	void takesWhatCanBeSentAgain(RequestBody body) throws IOException {
		UploadBody upload = new UploadBody(body);

		assertThatNoException().isThrownBy(upload::requireReplayable);
		for (int attempt = 0; attempt < 3; attempt++) {
			RequestBody sent = upload.forAttempt(null);
			assertThat(sent.contentStreamProvider().newStream().readAllBytes()).isEqualTo(CONTENT);
			assertThat(sent.optionalContentLength()).contains((long) CONTENT.length);
			assertThat(sent.contentType()).isEqualTo(body.contentType());
		}
	}

	static Stream<Arguments> takesWhatCanBeSentAgain() {
		ContentStreamProvider supplier = ContentStreamProvider
			.fromInputStreamSupplier(() -> new ByteArrayInputStream(CONTENT));
		return Stream.of(Arguments.of(RequestBody.fromBytes(CONTENT)),
				Arguments.of(RequestBody.fromString("some content")),
				Arguments.of(RequestBody.fromContentProvider(() -> new ByteArrayInputStream(CONTENT), CONTENT.length,
						"text/plain")),
				Arguments.of(RequestBody.fromContentProvider(() -> new ByteArrayInputStream(CONTENT), "text/plain")),
				Arguments.of(RequestBody.fromContentProvider(supplier, CONTENT.length, "text/plain")),
				Arguments.of(RequestBody.fromInputStream(new ByteArrayInputStream(CONTENT), CONTENT.length)),
				Arguments.of(RequestBody.fromInputStream(
						new BufferedInputStream(new OneShot(new ByteArrayInputStream(CONTENT))), CONTENT.length)));
	}

	@Test
	void sendsABodyOfUnknownLengthInFullThoughAnAttemptBrokeMidway() throws IOException {
		UploadBody upload = new UploadBody(
				RequestBody.fromContentProvider(() -> new ByteArrayInputStream(CONTENT), "text/plain"));
		try (InputStream broken = upload.forAttempt(null).contentStreamProvider().newStream()) {
			broken.readNBytes(3);
		}

		assertThat(upload.forAttempt(null).contentStreamProvider().newStream()).hasBinaryContent(CONTENT);
	}

	@Test
	void takesAFile() throws IOException {
		Path file = Files.write(this.folder.resolve("file"), CONTENT);
		UploadBody upload = new UploadBody(RequestBody.fromFile(file));

		upload.requireReplayable();

		assertThat(upload.forAttempt(null).contentStreamProvider().newStream()).hasBinaryContent(CONTENT);
		assertThat(upload.forAttempt(null).contentStreamProvider().newStream()).hasBinaryContent(CONTENT);
	}

	@Test
	void takesAFileStreamThatTheSdkCanReset() throws IOException {
		Path file = Files.write(this.folder.resolve("file"), new byte[1 << 18]);
		try (InputStream stream = new java.io.FileInputStream(file.toFile())) {
			UploadBody upload = new UploadBody(RequestBody.fromInputStream(stream, 1 << 18));

			upload.requireReplayable();

			assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(1 << 18);
			assertThat(upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes()).hasSize(1 << 18);
		}
	}

	@Test
	void refusesAStreamThatCanBeReadOnlyOnce() throws IOException {
		InputStream stream = new OneShot(new ByteArrayInputStream(CONTENT));
		UploadBody upload = new UploadBody(RequestBody.fromInputStream(stream, CONTENT.length));

		assertThatIllegalArgumentException().isThrownBy(upload::requireReplayable)
			.withMessageContainingAll("can't be read again", "RequestBody.fromBytes", "fromFile", "fromContentProvider",
					"Resource");
		assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
	}

	@Test
	void refusesAStreamThatIsLongerThanTheSdkCanReset() {
		InputStream stream = new BufferedInputStream(new OneShot(new ByteArrayInputStream(new byte[200_000])));
		UploadBody upload = new UploadBody(RequestBody.fromInputStream(stream, 200_000));

		assertThatIllegalArgumentException().isThrownBy(upload::requireReplayable);
	}

	@Test
	void refusesAProviderThatGivesTheSameStreamAgain() {
		InputStream stream = new ByteArrayInputStream(CONTENT);
		UploadBody upload = new UploadBody(RequestBody.fromContentProvider(() -> stream, CONTENT.length, "text/plain"));

		assertThatIllegalArgumentException().isThrownBy(upload::requireReplayable);
	}

	@Test
	void tellsThatABodyOfUnknownLengthCannotBeRead() {
		UploadBody upload = new UploadBody(RequestBody.fromContentProvider(() -> new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("disk");
			}

		}, "text/plain"));

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> upload.forAttempt(null))
			.withRootCauseInstanceOf(IOException.class);
		assertThat(upload.callerFailure()).hasMessage("disk");
	}

	@Test
	void noticesAProviderThatGivesTheSameStreamAgain() throws IOException {
		InputStream stream = new OneShot(new ByteArrayInputStream(CONTENT));
		UploadBody upload = new UploadBody(RequestBody.fromContentProvider(() -> stream, CONTENT.length, "text/plain"));
		upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> upload.forAttempt(null).contentStreamProvider().newStream());
		assertThat(upload.callerFailure()).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void notesWhatTheCallersStreamThrows() {
		IOException failure = new IOException("disk");
		UploadBody upload = new UploadBody(RequestBody.fromContentProvider(() -> new InputStream() {

			@Override
			public int read() throws IOException {
				throw failure;
			}

		}, 1, "text/plain"));

		assertThatIOException()
			.isThrownBy(() -> upload.forAttempt(null).contentStreamProvider().newStream().readAllBytes());
		assertThat(upload.callerFailure()).isSameAs(failure);
	}

	@Test
	void tellsHowFarItHasCome() throws IOException {
		List<Long> moved = new ArrayList<>();
		UploadBody upload = new UploadBody(RequestBody.fromBytes(CONTENT));

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
