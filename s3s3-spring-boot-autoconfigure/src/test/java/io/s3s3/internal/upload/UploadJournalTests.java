package io.s3s3.internal.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link UploadJournal} and {@link OpenUpload}.
 */
class UploadJournalTests {

	private static final OpenUpload ONE = new OpenUpload("http://s3", "east", "a b\nü", "1");

	private static final OpenUpload OTHER = new OpenUpload("", "west", "k", "2");

	@TempDir
	private Path folder;

	@Test
	void isThereOnlyWhileUploadsAreOpen() throws IOException {
		UploadJournal journal = new UploadJournal(this.folder);
		assertThat(files()).isEmpty();

		journal.begun(ONE);
		journal.begun(OTHER);
		journal.ended("1");
		assertThat(files()).hasSize(1);

		journal.ended("2");
		assertThat(files()).isEmpty();
	}

	@Test
	void tellsWhatIsOpen() throws IOException {
		UploadJournal journal = new UploadJournal(this.folder);
		journal.begun(ONE);
		journal.begun(OTHER);
		journal.ended("2");

		assertThat(OpenUpload.read(Files.readString(files().get(0)))).containsExactly(ONE);
	}

	@Test
	void readsNoLineThatWasCutShort() {
		String lines = ONE.toLine() + OTHER.toLine();

		assertThat(OpenUpload.read(lines.substring(0, lines.length() - 1))).containsExactly(ONE);
		assertThat(OpenUpload.read("")).isEmpty();
	}

	@Test
	void readsNothingThatIsNoJournal() {
		assertThatIllegalArgumentException().isThrownBy(() -> OpenUpload.read("hello\n"));
	}

	@Test
	void leavesWhatWasGivenUpToALaterContextOfTheSameProcess() {
		UploadJournal journal = new UploadJournal(this.folder);
		journal.begun(ONE);
		journal.givenUp("1");
		assertThat(found(true)).isEmpty();

		journal.close();

		assertThat(found(false)).containsExactly(ONE);
		assertThat(found(true)).containsExactly(ONE);
		assertThat(found(true)).isEmpty();
	}

	@Test
	void leavesWhatIsGivenUpAfterItsEndToALaterContextAsWell() {
		UploadJournal journal = new UploadJournal(this.folder);
		journal.begun(ONE);
		journal.begun(OTHER);
		journal.close();
		assertThat(found(true)).isEmpty();

		journal.ended("2");
		assertThat(found(true)).isEmpty();
		journal.givenUp("1");

		assertThat(found(true)).containsExactly(ONE);
	}

	@Test
	void hasNoFileOnceAllHaveEndedAfterItsEnd() throws IOException {
		UploadJournal journal = new UploadJournal(this.folder);
		journal.begun(ONE);
		journal.close();

		journal.ended("1");

		assertThat(files()).isEmpty();
	}

	@Test
	void leavesWhatSomebodyIsStillAtToNobody() {
		UploadJournal journal = new UploadJournal(this.folder);
		journal.begun(ONE);

		journal.close();

		assertThat(found(true)).isEmpty();
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void doesNothingAboutWhatOthersMayHaveWritten() throws IOException {
		UploadJournal journal = new UploadJournal(this.folder);
		journal.begun(ONE);
		journal.givenUp("1");
		journal.close();

		Files.setPosixFilePermissions(files().get(0), PosixFilePermissions.fromString("rw-rw-rw-"));

		assertThat(found(true)).isEmpty();
	}

	@Test
	void doesWithoutADirectory() {
		UploadJournal journal = new UploadJournal(this.folder.resolve("missing"));

		assertThatNoException().isThrownBy(() -> {
			journal.begun(ONE);
			journal.begun(OTHER);
			journal.ended("1");
			journal.findLeftovers((uploads) -> true);
			journal.close();
		});
	}

	private List<OpenUpload> found(boolean done) {
		List<OpenUpload> found = new ArrayList<>();
		new UploadJournal(this.folder).findLeftovers((uploads) -> {
			found.addAll(uploads);
			return done;
		});
		return found;
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.toList();
		}
	}

}
