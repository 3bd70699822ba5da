package io.s3s3.internal.download;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.testkit.HesitantStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.S3Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ResumingInputStream}.
 */
class ResumingInputStreamTests {

	private static final ObjectRange OBJECT = new ObjectRange(0, 5, 5, "e", null);

	private final AtomicBoolean aborted = new AtomicBoolean();

	@Test
	void takesAnErrorOfTheSdkBehindTheLastByteForAWrongChecksum() {
		ResumingInputStream stream = streamEndingWith(SdkClientException.create("checksum"));

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.read(new byte[5]))
			.withMessageContaining("do not match its checksum");
	}

	@Test
	void doesNotTakeAnInterruptBehindTheLastByteForAWrongChecksum() {
		ResumingInputStream stream = streamEndingWith(AbortedException.create("interrupted"));

		assertThatExceptionOfType(AbortedException.class).isThrownBy(() -> stream.read(new byte[5]));
	}

	@Test
	void readsOnWhenTheAnswerHasNoByteYet() throws IOException {
		ResumingInputStream stream = stream(HesitantStream.givingSingleBytes("bytes".getBytes(StandardCharsets.UTF_8)));

		assertThat(stream.readAllBytes()).asString().isEqualTo("bytes");
	}

	@Test
	void givesNoByteBeyondTheLength() {
		byte[] given = new byte[10];
		ResumingInputStream stream = stream(
				new ByteArrayInputStream("bytes and more".getBytes(StandardCharsets.UTF_8)));

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.read(given))
			.withMessageContaining("more than the 5 bytes");
		assertThat(new String(given, StandardCharsets.UTF_8)).isEqualTo("bytes\0\0\0\0\0");
	}

	@Test
	void dropsTheConnectionWhenAnInterruptedThreadCloses() {
		ResumingInputStream stream = stream(new InputStream() {

			@Override
			public int read() {
				return -1;
			}

			@Override
			public void close() {
				throw AbortedException.create("interrupted");
			}

		});

		assertThatNoException().isThrownBy(stream::close);

		assertThat(this.aborted).isTrue();
	}

	private ResumingInputStream streamEndingWith(RuntimeException end) {
		return stream(new ByteArrayInputStream("12345".getBytes(StandardCharsets.US_ASCII)) {

			@Override
			public int read() {
				throw end;
			}

		});
	}

	private ResumingInputStream stream(InputStream in) {
		AbortableInputStream body = AbortableInputStream.create(in, () -> this.aborted.set(true));
		return new ResumingInputStream(new BodySegment(OBJECT, -1, body, new NoContinuation(), null),
				new BodyVerification(null, () -> false));
	}

	/**
	 * Has nothing to go on with.
	 */
	private static final class NoContinuation implements DownloadResumer {

		@Override
		public void begin(@Nullable S3Response response) {
		}

		@Override
		public BodySegment resume(ResumePoint broken) throws IOException {
			throw new IOException("There is no rest", broken.cause());
		}

		@Override
		public BodySegment open(ObjectRange part, boolean versionSuffices) throws IOException {
			throw new IOException("There is no part");
		}

		@Override
		public boolean hasJoined() {
			return false;
		}

	}

}
