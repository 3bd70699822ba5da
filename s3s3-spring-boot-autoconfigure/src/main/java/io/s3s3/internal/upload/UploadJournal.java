package io.s3s3.internal.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.s3s3.internal.io.Leftovers;
import io.s3s3.internal.io.PrivateFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in a file which multipart uploads are open, so that they can be aborted if the
 * process is killed. The file exists while there are such uploads, is locked as long as
 * the process lives, and is accessible only to its owner. If it cannot be written,
 * nothing is recorded. Thread-safe.
 */
final class UploadJournal implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(UploadJournal.class);

	/** A locked file belongs to a living process, however old it is. */
	private static final Leftovers LEFTOVERS = new Leftovers("s3s3-", ".uploads", Duration.ZERO);

	/**
	 * The size from which on the file is rewritten without the uploads that have ended.
	 */
	private static final int MAX_BYTES = 1 << 20;

	private static final int MAX_BYTES_TO_READ = 64 << 20;

	private final Path directory;

	/** By their ids; guarded by "this". */
	private final Map<String, OpenUpload> open = new LinkedHashMap<>();

	/** The ids of those that were given up; guarded by "this". */
	private final Set<String> givenUp = new HashSet<>();

	private @Nullable Path path;

	private @Nullable PrivateFile file;

	private long size;

	private boolean closed;

	UploadJournal(Path directory) {
		this.directory = directory;
	}

	/**
	 * Record that parts of an upload are sent from now on.
	 */
	synchronized void begun(OpenUpload upload) {
		if (!this.closed && this.open.put(upload.uploadId(), upload) == null) {
			append(upload.toLine());
		}
	}

	/**
	 * Record that no parts of an upload are sent any more, although it is still open.
	 */
	synchronized void givenUp(String uploadId) {
		if (this.open.containsKey(uploadId)) {
			this.givenUp.add(uploadId);
			leaveIfClosed();
		}
	}

	/**
	 * Record that an upload was completed, aborted, or left to the reader of the log.
	 */
	synchronized void ended(String uploadId) {
		this.givenUp.remove(uploadId);
		if (this.open.remove(uploadId) == null || this.file == null) {
			return;
		}
		if (this.open.isEmpty()) {
			delete();
		}
		else {
			append(OpenUpload.endOf(uploadId));
			leaveIfClosed();
		}
	}

	/**
	 * Find the uploads that processes left open when they ended.
	 * @param finder receives the uploads of each of them, and returns whether they are
	 * taken care of
	 */
	void findLeftovers(Finder finder) {
		LEFTOVERS.find(this.directory, (file, channel) -> {
			// Otherwise, whoever may write the file could make us abort uploads.
			if (PrivateFile.isPrivate(file) && channel.size() <= MAX_BYTES_TO_READ
					&& finder.found(OpenUpload.read(text(channel)))) {
				Files.delete(file);
			}
		});
	}

	/**
	 * Leave open uploads to another process, or to a later run of this one.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		leaveIfClosed();
	}

	// While parts are being sent, the file stays locked.
	private void leaveIfClosed() {
		if (this.closed && this.path != null && this.givenUp.containsAll(this.open.keySet())) {
			try {
				Files.move(this.path, this.path.resolveSibling(LEFTOVERS.newNameOfLeftover()));
			}
			catch (IOException ex) {
				logger.debug("The journal of uploads keeps its name", ex);
			}
			ReplayBuffer.closeQuietly(this.file);
			this.path = null;
			this.file = null;
		}
	}

	private void append(String line) {
		try {
			if (this.file == null || this.size > MAX_BYTES) {
				begin();
			}
			else {
				write(this.file, line);
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Uploads cannot be noted in {}", this.directory, ex);
		}
	}

	private void begin() throws IOException {
		Path path = this.directory.resolve(LEFTOVERS.newName());
		PrivateFile file = PrivateFile.create(path);
		try {
			if (!file.tryLock()) {
				throw new IOException("Somebody else has locked " + path);
			}
			this.size = 0;
			for (OpenUpload upload : this.open.values()) {
				write(file, upload.toLine());
			}
		}
		catch (IOException | RuntimeException ex) {
			// Without a lock it would look like the file of a process that has ended.
			ReplayBuffer.closeQuietly(file);
			Files.deleteIfExists(path);
			throw ex;
		}
		delete();
		this.path = path;
		this.file = file;
	}

	private void write(PrivateFile file, String line) throws IOException {
		byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
		file.write(this.size, bytes, 0, bytes.length);
		this.size += bytes.length;
	}

	private void delete() {
		try {
			if (this.path != null) {
				Files.deleteIfExists(this.path);
				ReplayBuffer.closeQuietly(this.file);
			}
		}
		catch (IOException ex) {
			logger.debug("Could not delete {}", this.path, ex);
		}
		this.path = null;
		this.file = null;
	}

	private static String text(FileChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
		while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
			// Read on.
		}
		return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
	}

	/**
	 * Receives the uploads that a process left open.
	 */
	@FunctionalInterface
	interface Finder {

		boolean found(List<OpenUpload> uploads);

	}

}
