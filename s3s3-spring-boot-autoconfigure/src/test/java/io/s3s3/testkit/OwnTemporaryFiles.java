package io.s3s3.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test process a directory of its own for temporary files, and each test class
 * an empty one. A client begins with what ended clients have left open there, on a thread
 * of its own, and would ask the mocks of a test that is just being set up. Applies to all
 * tests.
 */
public final class OwnTemporaryFiles implements BeforeAllCallback, AfterAllCallback {

	private static final Path DIRECTORY = create();

	@Override
	public void beforeAll(ExtensionContext context) {
		System.setProperty("java.io.tmpdir", DIRECTORY.toString());
	}

	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		try (DirectoryStream<Path> left = Files.newDirectoryStream(DIRECTORY, "s3s3-0-*.uploads")) {
			for (Path file : left) {
				Files.deleteIfExists(file);
			}
		}
	}

	private static Path create() {
		try {
			Path directory = Files.createTempDirectory("s3s3-tests");
			directory.toFile().deleteOnExit();
			return directory;
		}
		catch (IOException ex) {
			throw new IllegalStateException("There is no room for temporary files", ex);
		}
	}

}
