package io.s3s3.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Cuts content into parts, each when it is asked for. Parts of content that is not kept
 * are read into memory: ask for such a part only when the ones before have been sent. Not
 * thread-safe: one for each attempt.
 */
final class PartSplitter {

	/** S3's limit. */
	private static final int MAX_PARTS = 10_000;

	/** After so many parts of an unknown number, parts get twice as large. */
	private static final int DOUBLED_AFTER = 1_000;

	private final Content content;

	private final long length;

	private final long partSize;

	private int number;

	private long position;

	private @Nullable Part peeked;

	// The length is -1 where it is not known.
	PartSplitter(Content content, long length, long partSize) {
		this.content = content;
		this.length = length;
		this.partSize = sizeFor(length, partSize);
	}

	// As large as asked for, or as it takes not to have too many.
	static long sizeFor(long length, long partSize) {
		return Math.max(partSize, (length + MAX_PARTS - 1) / MAX_PARTS);
	}

	// The length of the whole content, -1 where it is not known.
	long length() {
		return this.length;
	}

	// The first part.
	Part first() throws IOException {
		this.peeked = cut();
		return this.peeked;
	}

	// Whether the next part can be read while others are on their way.
	boolean keepsNext() {
		return this.peeked != null || this.content.holds(this.position + nextSize());
	}

	// The next part; null if there is none, but the first part may be empty.
	@Nullable Part next() throws IOException {
		Part part = (this.peeked != null) ? this.peeked : cut();
		this.peeked = null;
		if (part.length() == 0 && part.number() > 1) {
			return null;
		}
		this.number++;
		this.position += part.length();
		return part;
	}

	// An empty part behind the last one, where none was known to be the last.
	Part end() {
		return new Part(this.number + 1, 0, true, InputStream::nullInputStream);
	}

	private Part cut() throws IOException {
		long size = nextSize();
		return this.content.holds(this.position + size) ? kept(size) : inMemory((int) Math.min(size, this.partSize));
	}

	private Part kept(long size) throws IOException {
		long from = this.position;
		long to = this.content.fill(from + size);
		if (this.content.loss() != null) {
			throw new IOException("A part of the body is lost: " + this.content.loss());
		}
		return part(to - from, size, () -> this.content.open(from, to));
	}

	private Part inMemory(int size) throws IOException {
		byte[] bytes = this.content.open(this.position, this.position + size).readNBytes(size);
		return part(bytes.length, size, () -> new ByteArrayInputStream(bytes));
	}

	private Part part(long partLength, long size, Part.Opener opener) throws IOException {
		if (this.number >= MAX_PARTS && partLength > 0) {
			throw new IOException(("The body has more than %d parts of %d bytes, and what is longer than "
					+ "s3s3.transfer.spool-limit can't have larger ones. Raise s3s3.transfer.part-size")
				.formatted(MAX_PARTS, this.partSize));
		}
		boolean last = partLength < size || this.position + partLength == this.length;
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
