package io.s3s3.internal.multipart;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import io.s3s3.internal.io.PrivateFile;
import io.s3s3.internal.io.RangeInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the parts of one upload, in a file that only its owner can access. The
 * file is unlinked as soon as it is open, or, where the platform does not allow that,
 * deleted when it is closed, so that a process that is killed leaves nothing behind. The
 * space of a part is not reused when the part is replaced, since it may still be in
 * flight. Thread-safe.
 */
final class KeptBytes implements AutoCloseable {

	private static final int BUFFER = 1 << 17;

	private final Path directory;

	private final ByteBudget budget;

	/** Guarded by "this", like the fields below. */
	private @Nullable PrivateFile file;

	private long size;

	private boolean closed;

	KeptBytes(Path directory, ByteBudget budget) {
		this.directory = directory;
		this.budget = budget;
	}

	/**
	 * Write bytes.
	 * @param content supplies them
	 * @param length how many there are
	 * @return where they begin, or -1 if no more may be kept
	 * @throws IOException if the content cannot be read or written
	 */
	long write(InputStream content, long length) throws IOException {
		PrivateFile to;
		long begin;
		synchronized (this) {
			to = file();
			begin = this.size;
			if (!this.budget.take(length)) {
				return -1;
			}
			this.size += length;
		}
		byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
		for (long done = 0; done < length;) {
			int read = content.read(buffer, 0, (int) Math.min(buffer.length, length - done));
			if (read < 0) {
				throw new EOFException("The content of a part ended before its length");
			}
			to.write(begin + done, buffer, 0, read);
			done += read;
		}
		return begin;
	}

	/**
	 * Open bytes that were written.
	 */
	InputStream open(long begin, long length) {
		return new RangeInputStream((position, bytes, offset, count) -> file().read(position, bytes, offset, count),
				begin, begin + length);
	}

	private synchronized PrivateFile file() throws IOException {
		if (this.closed) {
			throw new IOException("The bytes are kept no longer");
		}
		if (this.file == null) {
			this.file = PrivateFile.spoolIn(this.directory);
		}
		return this.file;
	}

	@Override
	public synchronized void close() throws IOException {
		if (!this.closed) {
			this.closed = true;
			this.budget.giveBack(this.size);
			if (this.file != null) {
				this.file.close();
			}
		}
	}

}
