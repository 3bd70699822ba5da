package io.s3s3.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PrivateFile}.
 */
class PrivateFileTests {

	@TempDir
	private Path folder;

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@Test
	void isOnlyItsOwners() throws IOException {
		Path path = this.folder.resolve("file");

		PrivateFile.create(path).close();

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
	}

	@Test
	void takesNoFileThatIsThere() throws IOException {
		Path path = Files.createFile(this.folder.resolve("file"));

		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> PrivateFile.create(path));
	}

	@Test
	void followsNoLink() throws IOException {
		Path elsewhere = this.folder.resolve("elsewhere");
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), elsewhere);

		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> PrivateFile.create(link));
		assertThat(elsewhere).doesNotExist();
	}

	@Test
	void givesWhatWasWrittenThoughItsNameIsGone() throws IOException {
		Path path = this.folder.resolve("file");
		byte[] content = new byte[1_000_000];
		new Random(1).nextBytes(content);
		byte[] read = new byte[content.length];

		try (PrivateFile file = PrivateFile.create(path, StandardOpenOption.DELETE_ON_CLOSE)) {
			file.write(0, content, 0, content.length);
			for (int done = 0; done < read.length;) {
				done += file.read(done, read, done, read.length - done);
			}
		}

		assertThat(read).isEqualTo(content);
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void outlivesAnInterruptOfAThreadThatWrites() throws IOException {
		try (PrivateFile file = PrivateFile.create(this.folder.resolve("file"))) {
			Thread.currentThread().interrupt();

			file.write(0, new byte[] { 1 }, 0, 1);

			assertThat(Thread.interrupted()).isTrue();
			assertThat(file.read(0, new byte[1], 0, 1)).isOne();
		}
	}

	@Test
	void doesNotTakeAFileThatWasCutShortForOneThatEnds() throws IOException {
		Path path = this.folder.resolve("file");

		try (PrivateFile file = PrivateFile.create(path)) {
			file.write(0, new byte[10], 0, 10);
			Files.write(path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);

			assertThatExceptionOfType(EOFException.class).isThrownBy(() -> file.read(0, new byte[1], 0, 1));
		}
	}

}
