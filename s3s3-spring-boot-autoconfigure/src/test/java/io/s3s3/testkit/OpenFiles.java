package io.s3s3.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The files that this JVM holds open, those without a name included, as Linux tells.
 */
public final class OpenFiles {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private OpenFiles() {
	}

	/**
	 * Count the open files of a directory.
	 * @param directory the directory
	 * @return how many there are, 0 where the platform does not tell
	 * @throws IOException if the directory is not there
	 */
	public static long in(Path directory) throws IOException {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return 0;
		}
		String prefix = directory.toRealPath() + "/";
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return descriptors.filter((descriptor) -> targetOf(descriptor).startsWith(prefix)).count();
		}
	}

	private static String targetOf(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

}
