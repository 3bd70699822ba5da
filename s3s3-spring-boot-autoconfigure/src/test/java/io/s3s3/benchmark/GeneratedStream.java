package io.s3s3.benchmark;

import java.io.InputStream;
import java.util.zip.CRC32;

import io.s3s3.testkit.DiscardingS3.ContentDigest;

/**
 * A one-shot stream of any length that costs no memory and little time, and the digest of
 * what was read of it. Content differs at each position.
 */
final class GeneratedStream extends InputStream {

	private final long length;

	private final long partSize;

	private final byte[] block = new byte[1 << 16];

	private final CRC32 crc = new CRC32();

	private final ContentDigest digest = new ContentDigest();

	private long position;

	// The digest is that of an upload in parts of a size.
	GeneratedStream(long length, long partSize) {
		this.length = length;
		this.partSize = partSize;
		new java.util.Random(7).nextBytes(this.block);
	}

	long position() {
		return this.position;
	}

	String digest() {
		if (this.position % this.partSize != 0) {
			endPart(this.position % this.partSize);
		}
		return this.digest.toString();
	}

	@Override
	public int read() {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) {
		long left = Math.min(this.length - this.position, this.partSize - this.position % this.partSize);
		if (left == 0) {
			return -1;
		}
		int within = (int) (this.position % this.block.length);
		int read = (int) Math.min(Math.min(length, left), this.block.length - within);
		System.arraycopy(this.block, within, bytes, offset, read);
		// No two blocks are the same.
		bytes[offset] ^= (byte) (this.position >>> 16);
		bytes[offset + read - 1] ^= (byte) (this.position >>> 24);
		this.crc.update(bytes, offset, read);
		this.position += read;
		if (this.position % this.partSize == 0) {
			endPart(this.partSize);
		}
		return read;
	}

	private void endPart(long size) {
		this.digest.add(size, this.crc.getValue());
		this.crc.reset();
	}

}
