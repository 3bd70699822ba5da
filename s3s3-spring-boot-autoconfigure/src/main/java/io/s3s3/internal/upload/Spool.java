package io.s3s3.internal.upload;

import java.io.IOException;
import java.util.Arrays;

import io.s3s3.internal.io.PrivateFile;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;

/**
 * Keeps appended bytes: the first of them in memory, the others in a file that is created
 * when needed and written a block at a time. Thread-safe; guarded by "this", except for
 * reads of the file, which wait neither for each other nor for appends.
 */
final class Spool implements AutoCloseable {

	private static final int INITIAL_MEMORY = 8192;

	/** Chunks of at least this size are written directly. */
	static final int BLOCK = 1 << 17;

	private final TransferSettings settings;

	private final int memoryLimit;

	private byte[] memory = new byte[0];

	private @Nullable PrivateFile file;

	private long inFile;

	/** The bytes after those in the file. */
	private byte[] block = new byte[0];

	private int inBlock;

	private long size;

	private boolean closed;

	Spool(TransferSettings settings) {
		this.settings = settings;
		this.memoryLimit = (int) settings.memoryLimit().toBytes();
	}

	synchronized void append(byte[] bytes, int offset, int length) throws IOException {
		requireOpen();
		int inMemory = (int) Math.min(length, Math.max(0, this.memoryLimit - this.size));
		if (inMemory > 0) {
			growTo((int) this.size + inMemory);
			System.arraycopy(bytes, offset, this.memory, (int) this.size, inMemory);
		}
		if (length > inMemory) {
			appendToFile(bytes, offset + inMemory, length - inMemory);
		}
		this.size += length;
	}

	/**
	 * Read appended bytes, at most up to the end of the memory, the file, or the block.
	 */
	int read(long position, byte[] bytes, int offset, int length) throws IOException {
		int available;
		PrivateFile file;
		synchronized (this) {
			requireOpen();
			available = (int) Math.min(length, this.size - position);
			if (position < this.memoryLimit) {
				int read = (int) Math.min(available, this.memoryLimit - position);
				System.arraycopy(this.memory, (int) position, bytes, offset, read);
				return read;
			}
			long blockAt = this.size - this.inBlock;
			if (position >= blockAt) {
				System.arraycopy(this.block, (int) (position - blockAt), bytes, offset, available);
				return available;
			}
			available = (int) Math.min(available, blockAt - position);
			file = file();
		}
		return file.read(position - this.memoryLimit, bytes, offset, available);
	}

	@Override
	public synchronized void close() throws IOException {
		this.closed = true;
		this.memory = new byte[0];
		this.block = new byte[0];
		if (this.file != null) {
			this.file.close();
		}
	}

	private void appendToFile(byte[] bytes, int offset, int length) throws IOException {
		PrivateFile file = file();
		if (this.inBlock + length > BLOCK) {
			write(file, this.block, 0, this.inBlock);
			this.inBlock = 0;
		}
		if (length >= BLOCK) {
			write(file, bytes, offset, length);
			return;
		}
		if (this.block.length == 0) {
			this.block = new byte[BLOCK];
		}
		System.arraycopy(bytes, offset, this.block, this.inBlock, length);
		this.inBlock += length;
	}

	private void write(PrivateFile file, byte[] bytes, int offset, int length) throws IOException {
		file.write(this.inFile, bytes, offset, length);
		this.inFile += length;
	}

	private PrivateFile file() throws IOException {
		if (this.file == null) {
			this.file = PrivateFile.spoolIn(this.settings.directory());
		}
		return this.file;
	}

	private void growTo(int needed) {
		if (needed > this.memory.length) {
			int doubled = Math.max(INITIAL_MEMORY, Math.min(this.memory.length, this.memoryLimit / 2) * 2);
			this.memory = Arrays.copyOf(this.memory, Math.min(this.memoryLimit, Math.max(needed, doubled)));
		}
	}

	private void requireOpen() throws IOException {
		if (this.closed) {
			throw new IOException("The recording of the body is closed");
		}
	}

}
