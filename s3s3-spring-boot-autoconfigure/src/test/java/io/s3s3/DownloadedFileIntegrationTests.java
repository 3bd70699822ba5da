package io.s3s3;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.DownloadCutter.Cut;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files that downloads make, whether they succeed or fail.
 */
class DownloadedFileIntegrationTests extends AbstractResumedDownloadTests {

	@Test
	void leavesNoFileBehindWhenADownloadFails() {
		put(west, random(300_001));
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);
			this.secondary.cut(Cut.CLOSE, (length) -> (length == 300_001) ? 1000 : 0);

			assertThatExceptionOfType(SdkException.class)
				.isThrownBy(() -> template.download(KEY, this.folder.resolve("target")));

			assertThat(this.folder).isEmptyDirectory();
		});
	}

	@Test
	void doesNotTouchAFileThatExists() throws IOException {
		Path target = Files.writeString(this.folder.resolve("target"), "mine");
		run((template) -> {
			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> template.download(KEY, target))
				.withMessageContainingAll(target.toString(), "it exists")
				.withRootCauseInstanceOf(FileAlreadyExistsException.class);

			assertThat(this.primary.requests()).isEmpty();
			assertThat(target).hasContent("mine");
			assertThat(this.folder.toFile().list()).hasSize(1);
			assertThat(of(RequestFailedOver.class)).isEmpty();
		});
	}

	@Test
	void writesAFileWhoseNameIsAsLongAsCanBe() {
		Path target = this.folder.resolve("n".repeat(255));
		run((template) -> {
			template.download(KEY, target);

			assertThat(target).hasBinaryContent(CONTENT);
		});
	}

	@Test
	void needsTheFolderOfTheFile() {
		run((template) -> {
			assertThatExceptionOfType(SdkException.class)
				.isThrownBy(() -> template.download(KEY, this.folder.resolve("none/target")))
				.withMessageContaining("there is no directory " + this.folder.resolve("none"))
				.withRootCauseInstanceOf(NoSuchFileException.class);

			assertThat(this.primary.requests()).isEmpty();
			assertThat(of(RequestFailedOver.class)).isEmpty();
		});
	}

}
