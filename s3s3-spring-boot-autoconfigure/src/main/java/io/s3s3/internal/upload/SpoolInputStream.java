package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;

import io.s3s3.internal.io.StreamReads;

/**
 * Reads the first bytes of a spool. Not thread-safe.
 */
final class SpoolInputStream extends InputStream {

	private final Spool spool;

	private final long end;

	private long position;

	SpoolInputStream(Spool spool, long end) {
		this.spool = spool;
		this.end = end;
	}

	@Override
	public int read() throws IOException {
		return StreamReads.single(this);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.position >= this.end) {
			return -1;
		}
		int read = this.spool.read(this.position, bytes, offset, (int) Math.min(length, this.end - this.position));
		this.position += read;
		return read;
	}

}
