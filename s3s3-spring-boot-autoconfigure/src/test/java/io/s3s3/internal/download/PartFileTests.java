package io.s3s3.internal.download;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PartFile}.
 */
class PartFileTests {

	private static final String LEFTOVER = ".s3s3-4711-00000000-0000-0000-0000-000000000001-00000000-0000-0000-0000-000000000002.part";

	@TempDir
	private Path folder;

	@Test
	void isOnlyItsOwnersUntilItIsInItsPlace() throws IOException {
		Path target = this.folder.resolve("target");
		Path usual = Files.createFile(this.folder.resolve("usual"));

		try (PartFile file = PartFile.beside(target)) {
			assertThat(permissions(hidden().get(0))).isEqualTo("rw-------");
			file.moveTo(target);
		}

		assertThat(permissions(target)).isEqualTo(permissions(usual));
		assertThat(hidden()).isEmpty();
	}

	@Test
	void doesNotReplaceAFileThatCameMeanwhile() throws IOException {
		Path target = this.folder.resolve("target");

		try (PartFile file = PartFile.beside(target)) {
			Files.writeString(target, "another's");

			assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> file.moveTo(target));
		}

		assertThat(target).hasContent("another's");
		assertThat(hidden()).isEmpty();
	}

	@Test
	void followsNoLinkThatCameMeanwhile() throws IOException {
		Path target = this.folder.resolve("target");
		Path elsewhere = this.folder.resolve("elsewhere");

		try (PartFile file = PartFile.beside(target)) {
			Files.createSymbolicLink(target, elsewhere);

			assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> file.moveTo(target));
		}

		assertThat(elsewhere).doesNotExist();
		assertThat(target).isSymbolicLink();
	}

	@Test
	void deletesWhatAKilledProcessLeftBehind() throws IOException {
		Path leftover = old(Files.createFile(this.folder.resolve(LEFTOVER)));

		PartFile.beside(this.folder.resolve("target")).close();

		assertThat(leftover).doesNotExist();
	}

	@Test
	void leavesAloneWhatIsYoungOrNotItsOwn() throws IOException {
		Path young = Files.createFile(this.folder.resolve(LEFTOVER));
		Path notOurs = old(Files.createFile(this.folder.resolve(".s3s3-notes.part")));
		Path link = Files.createSymbolicLink(this.folder.resolve(LEFTOVER.replace('1', '3')), notOurs);

		PartFile.beside(this.folder.resolve("target")).close();

		assertThat(List.of(young, notOurs, link)).allMatch(Files::exists);
	}

	@Test
	void leavesAloneWhatThisProcessIsAt() throws IOException {
		Path other = Files.createDirectory(this.folder.resolve("other"));
		try (PartFile file = PartFile.beside(this.folder.resolve("target"))) {
			Path moved = old(Files.move(hidden().get(0), other.resolve(hidden().get(0).getFileName())));

			PartFile.beside(other.resolve("target")).close();

			assertThat(moved).exists();
		}
	}

	private List<Path> hidden() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> file.getFileName().toString().startsWith(".s3s3-")).toList();
		}
	}

	private static Path old(Path file) throws IOException {
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
	}

	private static String permissions(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

}
