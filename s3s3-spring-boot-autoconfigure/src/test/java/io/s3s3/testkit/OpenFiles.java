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

	private static final String JOURNAL = ".uploads";

	private OpenFiles() {
	}

	/**
	 * Count the open files of a directory, without the journal of uploads, which is no
	 * call's but the application's.
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
			return descriptors.map(OpenFiles::targetOf)
				.filter((target) -> target.startsWith(prefix) && !target.contains(JOURNAL))
				.count();
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
