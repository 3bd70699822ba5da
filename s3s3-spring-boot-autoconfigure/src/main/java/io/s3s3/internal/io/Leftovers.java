package io.s3s3.internal.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a process leaves behind when it is killed. Their names say which process
 * made them, and that holds a lock on each of them as long as it lives. So the files of
 * another process are left alone, even if that is in another container with the same
 * process id, and so are those of a process that is not known to have ended.
 * <p>
 * The files of this process are never opened a second time, since closing them would give
 * up the lock. Thread-safe.
 */
public final class Leftovers {

	private static final Logger logger = LoggerFactory.getLogger(Leftovers.class);

	/** The same for all class loaders of the process. */
	private static final String PROCESS = (String) System.getProperties()
		.computeIfAbsent("io.s3s3.process", (name) -> ProcessHandle.current().pid() + "-" + UUID.randomUUID());

	private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	private final String prefix;

	private final String suffix;

	private final Duration lease;

	private final Pattern names;

	/**
	 * Create a kind of file.
	 * @param prefix the beginning of their names
	 * @param suffix the end of their names
	 * @param lease how long a file must not have been written to before it can be a
	 * leftover
	 */
	public Leftovers(String prefix, String suffix, Duration lease) {
		this.prefix = prefix;
		this.suffix = suffix;
		this.lease = lease;
		this.names = Pattern
			.compile(Pattern.quote(prefix) + "\\d+-" + UUID_PATTERN + "-" + UUID_PATTERN + Pattern.quote(suffix));
	}

	/**
	 * Return a name for a new file of this process.
	 * @return the name
	 */
	public String newName() {
		return this.prefix + PROCESS + "-" + UUID.randomUUID() + this.suffix;
	}

	/**
	 * Return a name for a file that this process leaves to others.
	 * @return the name
	 */
	public String newNameOfLeftover() {
		return this.prefix + "0-" + UUID.randomUUID() + "-" + UUID.randomUUID() + this.suffix;
	}

	/**
	 * Find the files that processes left behind when they ended.
	 * @param directory the directory, without its subdirectories
	 * @param finder what to do with each file, which is locked meanwhile
	 */
	public void find(Path directory, Finder finder) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, this::isCandidate)) {
			for (Path file : files) {
				look(file, finder);
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Could not look for leftovers in {}", directory, ex);
		}
	}

	private boolean isCandidate(Path file) {
		String name = file.getFileName().toString();
		return this.names.matcher(name).matches() && !name.startsWith(this.prefix + PROCESS);
	}

	private void look(Path file, Finder finder) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			boolean old = attributes.lastModifiedTime().toInstant().isBefore(Instant.now().minus(this.lease));
			if (!attributes.isRegularFile() || !old) {
				return;
			}
			try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
					LinkOption.NOFOLLOW_LINKS); FileLock lock = channel.tryLock()) {
				if (lock != null) {
					finder.found(file, channel);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// The file belongs to another user, or is gone, or the file system does not
			// support this.
			logger.debug("Left {} alone", file, ex);
		}
	}

	/**
	 * Receives the files that were left behind.
	 */
	@FunctionalInterface
	public interface Finder {

		/**
		 * Called for each file.
		 * @param file where it is
		 * @param channel a channel to read and write it
		 * @throws IOException if something goes wrong, which leaves the file as it is
		 */
		void found(Path file, FileChannel channel) throws IOException;

	}

}
