package io.s3s3.internal.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import io.s3s3.internal.io.PrivateFile;

/**
 * A temporary file that only its owner may read and that cannot be found: it loses its
 * name as soon as it is open, or, where the platform does not allow that, when it is
 * closed or the JVM ends. Not thread-safe.
 */
final class SpoolFile implements AutoCloseable {

	private final PrivateFile file;

	private long length;

	private SpoolFile(PrivateFile file) {
		this.file = file;
	}

	static SpoolFile create(Path directory) throws IOException {
		Path path = directory.resolve("s3s3-" + UUID.randomUUID() + ".spool");
		return new SpoolFile(PrivateFile.create(path, StandardOpenOption.DELETE_ON_CLOSE));
	}

	void append(byte[] bytes, int offset, int length) throws IOException {
		this.file.write(this.length, bytes, offset, length);
		this.length += length;
	}

	int read(long position, byte[] bytes, int offset, int length) throws IOException {
		return this.file.read(position, bytes, offset, length);
	}

	long length() {
		return this.length;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
