package io.s3s3.testkit;

import java.io.IOException;

/**
 * A stream that can be read only once and often has no byte yet: then it says that it
 * read none, which is not the end.
 */
public final class HesitantStream extends OneShot {

	private final int hesitations;

	private int hesitated;

	/**
	 * Create a stream.
	 * @param content what it gives
	 * @param hesitations how often in a row it gives nothing before it gives something
	 */
	public HesitantStream(byte[] content, int hesitations) {
		super(content);
		this.hesitations = hesitations;
	}

	/**
	 * Create a stream that gives nothing but single bytes.
	 * @param content what it gives
	 * @return the stream
	 */
	public static HesitantStream givingSingleBytes(byte[] content) {
		return new HesitantStream(content, Integer.MAX_VALUE);
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (super.read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.hesitated < this.hesitations) {
			this.hesitated++;
			return 0;
		}
		this.hesitated = 0;
		return super.read(bytes, offset, Math.min(length, 4_000));
	}

	@Override
	public long skip(long count) {
		return 0;
	}

	@Override
	public int available() {
		return 0;
	}

}
