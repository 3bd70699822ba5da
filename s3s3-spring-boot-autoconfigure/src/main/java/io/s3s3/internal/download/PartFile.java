package io.s3s3.internal.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.internal.io.Leftovers;
import io.s3s3.internal.io.PrivateFile;
import io.s3s3.internal.io.StreamReads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written in any order next to its target, and moved there when it is
 * complete. Until then only its owner may read it. Errors of the file itself are
 * {@link FileSystemException}s, so that they are not mistaken for errors of the download.
 * Thread-safe.
 * <p>
 * It is locked as long as the process lives, so that what a killed process left behind
 * can be told from what another one is writing.
 */
final class PartFile implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PartFile.class);

	private static final int BUFFER_BYTES = 1 << 16;

	/** A download in progress writes more often. */
	private static final Duration LEASE = Duration.ofMinutes(10);

	private static final Leftovers LEFTOVERS = new Leftovers(".s3s3-", ".part", LEASE);

	/** Directories that were recently searched for leftovers. */
	private static final Cache<Path, Boolean> SWEPT = Caffeine.newBuilder()
		.expireAfterWrite(LEASE)
		.maximumSize(1_000)
		.build();

	private final Path path;

	private final FileChannel channel;

	private PartFile(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/**
	 * Create a file, and now and then delete those that killed processes left there.
	 * @param target where it will be moved
	 * @return the file
	 * @throws IOException if it cannot be created
	 */
	static PartFile beside(Path target) throws IOException {
		Path directory = target.toAbsolutePath().getParent();
		if (directory != null && SWEPT.asMap().putIfAbsent(directory, true) == null) {
			LEFTOVERS.find(directory, (file, channel) -> Files.delete(file));
		}
		Path path = target.resolveSibling(LEFTOVERS.newName());
		FileChannel channel = FileChannel.open(path,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
				PrivateFile.ownerOnly(path));
		lock(channel);
		return new PartFile(path, channel);
	}

	/**
	 * Lock the file if the file system has locks; without them, leftovers are never
	 * deleted.
	 */
	private static void lock(FileChannel channel) {
		try {
			channel.tryLock();
		}
		catch (IOException ex) {
			logger.debug("The file system has no locks", ex);
		}
	}

	/**
	 * Return the path of the file, for writing it by other means.
	 */
	Path path() {
		return this.path;
	}

	/**
	 * Copy bytes into the file.
	 * @param in the source of the bytes
	 * @param offset the position of the first one in the file
	 * @param length how many bytes to copy, unless the stream ends first
	 * @param progress receives the number of bytes of each chunk, and may end the copy
	 * @throws IOException if the bytes cannot be read or written
	 */
	void copy(InputStream in, long offset, long length, Progress progress) throws IOException {
		byte[] bytes = new byte[BUFFER_BYTES];
		long done = 0;
		while (done < length) {
			int read = StreamReads.read(in, bytes, 0, (int) Math.min(bytes.length, length - done));
			if (read < 0) {
				return;
			}
			write(ByteBuffer.wrap(bytes, 0, read), offset + done);
			done += read;
			progress.moved(read);
		}
	}

	private void write(ByteBuffer bytes, long offset) throws IOException {
		try {
			long position = offset;
			while (bytes.hasRemaining()) {
				position += this.channel.write(bytes, position);
			}
		}
		catch (ClosedByInterruptException ex) {
			throw ex;
		}
		catch (IOException ex) {
			FileSystemException failure = new FileSystemException(this.path.toString(), null, ex.getMessage());
			failure.initCause(ex);
			throw failure;
		}
	}

	/**
	 * Compare all bytes of the file with what S3 said about them.
	 * @param digest what S3 said, or {@code null} if nothing
	 * @throws IOException if they differ
	 */
	void verify(@Nullable ObjectDigest digest) throws IOException {
		if (digest == null) {
			return;
		}
		ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
		long position = 0;
		for (int read = this.channel.read(bytes, 0); read >= 0; read = this.channel.read(bytes, position)) {
			digest.update(bytes.array(), 0, read);
			position += read;
			bytes.clear();
		}
		digest.requireMatch();
	}

	/**
	 * Move the file into its place, never over another file and never through a link.
	 * @param target the target
	 * @throws IOException if the target exists already
	 */
	void moveTo(Path target) throws IOException {
		permitAsUsual();
		try {
			// A link fails if the target appears meanwhile; a move would replace it.
			Files.createLink(target, this.path);
		}
		catch (FileAlreadyExistsException ex) {
			throw ex;
		}
		catch (FileSystemException | UnsupportedOperationException ex) {
			logger.debug("The file system has no links", ex);
			Files.move(this.path, target);
		}
	}

	/**
	 * Give the file the permissions of any other new file in its directory.
	 */
	private void permitAsUsual() throws IOException {
		PosixFileAttributeView permissions = Files.getFileAttributeView(this.path, PosixFileAttributeView.class,
				LinkOption.NOFOLLOW_LINKS);
		if (permissions != null) {
			Path other = Files.createFile(this.path.resolveSibling(LEFTOVERS.newName()));
			try {
				permissions.setPermissions(Files.getPosixFilePermissions(other, LinkOption.NOFOLLOW_LINKS));
			}
			finally {
				Files.delete(other);
			}
		}
	}

	/**
	 * Close the file, and delete it if it is not in its place.
	 */
	@Override
	public void close() throws IOException {
		try {
			this.channel.close();
		}
		finally {
			Files.deleteIfExists(this.path);
		}
	}

	/**
	 * Receives how many bytes were written.
	 */
	@FunctionalInterface
	interface Progress {

		void moved(int bytes) throws IOException;

	}

}
