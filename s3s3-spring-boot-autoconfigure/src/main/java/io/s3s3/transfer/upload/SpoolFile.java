package io.s3s3.transfer.upload;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file that only its owner may read and that nobody finds: it loses its name
 * as soon as it is open, or, where the platform does not allow that, when it is closed or
 * the JVM ends. Not thread-safe.
 * <p>
 * It is no {@link java.nio.channels.FileChannel}, which an interrupted thread would close
 * for all.
 */
final class SpoolFile implements AutoCloseable {

	private final Path path;

	private final RandomAccessFile file;

	private long length;

	private SpoolFile(Path path, RandomAccessFile file) {
		this.path = path;
		this.file = file;
	}

	static SpoolFile create(Path directory) throws IOException {
		Path path = Files.createTempFile(directory, "s3s3-", ".spool");
		try {
			SpoolFile spool = new SpoolFile(path, new RandomAccessFile(path.toFile(), "rw"));
			spool.unlink();
			return spool;
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(path);
			throw ex;
		}
	}

	void append(byte[] bytes, int offset, int length) throws IOException {
		this.file.seek(this.length);
		this.file.write(bytes, offset, length);
		this.length += length;
	}

	int read(long position, byte[] bytes, int offset, int length) throws IOException {
		this.file.seek(position);
		return this.file.read(bytes, offset, length);
	}

	long length() {
		return this.length;
	}

	@Override
	public void close() throws IOException {
		try {
			this.file.close();
		}
		finally {
			Files.deleteIfExists(this.path);
		}
	}

	private void unlink() {
		try {
			Files.delete(this.path);
		}
		catch (IOException ex) {
			// Windows keeps the name of an open file.
			this.path.toFile().deleteOnExit();
		}
	}

}
