package io.s3s3.transfer.download;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileDownload}, of an object whose ETag looks like an MD5, but is none.
 */
class FileDownloadTests {

	private static final TransferSettings SETTINGS = TransferSettings.builder()
		.multipartThreshold(DataSize.ofMegabytes(5))
		.partSize(DataSize.ofMegabytes(5))
		.build();

	private static final byte[] CONTENT = content();

	@TempDir
	private Path folder;

	@Test
	void takesWhatComesInPartsAndInOneAnswerTheSame() throws Exception {
		FileDownload download = new FileDownload(target(), SETTINGS);
		assertThatExceptionOfType(RetryableException.class).isThrownBy(() -> answer(download, CONTENT))
			.withStackTraceContaining("not what its checksum says");
		assertThat(this.folder).isEmptyDirectory();

		answer(download, CONTENT);

		assertThat(target()).hasBinaryContent(CONTENT);
	}

	@Test
	void doesNotTakeWhatComesAnotherTimeInOneAnswer() {
		FileDownload download = new FileDownload(target(), SETTINGS);
		assertThatExceptionOfType(RetryableException.class).isThrownBy(() -> answer(download, CONTENT));
		byte[] other = CONTENT.clone();
		other[0]++;

		assertThatExceptionOfType(RetryableException.class).isThrownBy(() -> answer(download, other))
			.withStackTraceContaining("not what its checksum says");

		assertThat(this.folder).isEmptyDirectory();
	}

	private Path target() {
		return this.folder.resolve("target");
	}

	private static void answer(FileDownload download, byte[] content) throws Exception {
		GetObjectResponse answer = GetObjectResponse.builder()
			.eTag("\"00000000000000000000000000000000\"")
			.contentLength((long) content.length)
			.build();
		new DownloadBody<>(download, SETTINGS, null, new Parts()).transform(answer,
				AbortableInputStream.create(new ByteArrayInputStream(content)));
	}

	private static byte[] content() {
		byte[] content = new byte[12_000_000];
		new Random(12).nextBytes(content);
		return content;
	}

	/**
	 * Has every part, while nothing breaks.
	 */
	private static final class Parts implements Continuation {

		@Override
		public void begin() {
		}

		@Override
		public Rest resume(BrokenDownload broken) throws IOException {
			throw new IOException("There is no rest", broken.cause());
		}

		@Override
		public Rest open(ObjectRange part, boolean verifiable) {
			int first = (int) part.first();
			return new Rest(part, CONTENT[first] & 0xFF,
					AbortableInputStream.create(new ByteArrayInputStream(CONTENT, first + 1, (int) part.length() - 1)),
					this, null);
		}

	}

}
