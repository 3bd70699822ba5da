package io.s3s3.transfer.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.s3s3.transfer.StreamReads;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written in any order while it is not in its place yet. What goes wrong
 * with the file itself is a {@link FileSystemException}, so that it is not mistaken for
 * what goes wrong with a download. Thread-safe.
 */
final class PartFile implements AutoCloseable {

	private static final int BUFFER_BYTES = 1 << 16;

	private final Path path;

	private final FileChannel channel;

	private PartFile(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	static PartFile create(Path path) throws IOException {
		return new PartFile(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
				StandardOpenOption.READ));
	}

	/**
	 * Copy bytes into the file.
	 * @param in where they come from
	 * @param offset where they go
	 * @param length how many of them, unless the stream ends before
	 * @param progress is told of each stretch of them, and may end it all
	 * @throws IOException if the bytes can't be had, or not be written
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
	 * Hold all bytes of the file against what S3 said of them.
	 * @param digest what S3 said, or {@code null} for nothing
	 * @throws IOException if they are others
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

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	/**
	 * Is told of bytes that were written.
	 */
	@FunctionalInterface
	interface Progress {

		void moved(int bytes) throws IOException;

	}

}
