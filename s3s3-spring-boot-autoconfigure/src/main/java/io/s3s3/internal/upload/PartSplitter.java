package io.s3s3.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Splits content into parts, each on demand. If the length is unknown, it reads one byte
 * ahead, so that the last part is known to be the last and is never empty: the S3
 * encryption client may stall when it sends an empty one. Parts of content that is not
 * kept are read into memory: take such a part only when the previous ones have been sent.
 * Not thread-safe; one per attempt.
 */
final class PartSplitter {

	/** S3's limit. */
	private static final int MAX_PARTS = 10_000;

	/** After this many parts of an unknown number, the part size doubles. */
	private static final int DOUBLED_AFTER = 1_000;

	/**
	 * Encrypted parts are a multiple of this size. Their cipher needs whole blocks of 16
	 * bytes, and the client loses the last chunk that it reads of a part if that is no
	 * longer than a block.
	 */
	private static final int BLOCK = 1 << 20;

	private final Content content;

	private final long length;

	private final long partSize;

	private int number;

	private long position;

	private @Nullable Part peeked;

	/** The byte that follows the last part read into memory, if there is one. */
	private byte[] ahead = {};

	/**
	 * Create a splitter of content of the given length, or -1 if it is unknown.
	 */
	PartSplitter(Content content, long length, long partSize) {
		this.content = content;
		this.length = length;
		this.partSize = sizeFor(length, partSize);
	}

	/**
	 * Return the part size: the desired one, or a larger one if there would be too many
	 * parts.
	 */
	static long sizeFor(long length, long partSize, boolean encrypted) {
		long size = sizeFor(length, partSize);
		return encrypted ? (size + BLOCK - 1) / BLOCK * BLOCK : size;
	}

	private static long sizeFor(long length, long partSize) {
		return Math.max(partSize, (length + MAX_PARTS - 1) / MAX_PARTS);
	}

	/**
	 * Return the length of the whole content, or -1 if it is unknown.
	 */
	long length() {
		return this.length;
	}

	/**
	 * Return the first part without taking it.
	 */
	Part first() throws IOException {
		this.peeked = cut();
		return this.peeked;
	}

	/**
	 * Return whether the next part can be read while others are being sent.
	 */
	boolean keepsNext() {
		return this.peeked != null || this.content.holds(this.position + nextSize() + lookAhead());
	}

	/**
	 * Take the next part. The first one may be empty; there is none after the last one.
	 */
	Part next() throws IOException {
		Part part = (this.peeked != null) ? this.peeked : cut();
		this.peeked = null;
		this.number++;
		this.position += part.length();
		return part;
	}

	private Part cut() throws IOException {
		long size = nextSize();
		return this.content.holds(this.position + size + lookAhead()) ? kept(size)
				: inMemory((int) Math.min(size, this.partSize));
	}

	private Part kept(long size) throws IOException {
		long from = this.position;
		long there = this.content.fill(from + size + lookAhead());
		if (this.content.notReplayableReason() != null) {
			throw new IOException("A part of the body is lost: " + this.content.notReplayableReason());
		}
		long to = Math.min(there, from + size);
		return part(to - from, isLast(there - from, size), () -> this.content.open(from, to));
	}

	private Part inMemory(int size) throws IOException {
		int wanted = size + lookAhead();
		InputStream behind = this.content.open(this.position + this.ahead.length, this.position + wanted);
		byte[] bytes = new SequenceInputStream(new ByteArrayInputStream(this.ahead), behind).readNBytes(wanted);
		int partLength = Math.min(bytes.length, size);
		this.ahead = Arrays.copyOfRange(bytes, partLength, bytes.length);
		return part(partLength, isLast(bytes.length, size), () -> new ByteArrayInputStream(bytes, 0, partLength));
	}

	private int lookAhead() {
		return (this.length >= 0) ? 0 : 1;
	}

	private boolean isLast(long there, long size) {
		return there < size + lookAhead() || this.position + size == this.length;
	}

	private Part part(long partLength, boolean last, Part.Opener opener) throws IOException {
		if (this.number >= MAX_PARTS) {
			throw new IOException(("The body has more than %d parts of %d bytes, and what is longer than "
					+ "s3s3.transfer.spool-limit cannot have larger ones. Raise s3s3.transfer.part-size")
				.formatted(MAX_PARTS, this.partSize));
		}
		if (last && this.length >= 0 && this.position + partLength != this.length) {
			throw new IOException(
					"The body ended after " + (this.position + partLength) + " of " + this.length + " bytes");
		}
		return new Part(this.number + 1, partLength, last, opener);
	}

	private long nextSize() {
		return (this.length >= 0) ? Math.min(this.partSize, this.length - this.position)
				: this.partSize << (this.number / DOUBLED_AFTER);
	}

}
