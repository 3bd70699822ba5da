package io.s3s3.internal.download;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import software.amazon.awssdk.checksums.SdkChecksum;

/**
 * The checksum that S3 computes for an object uploaded without one: CRC-64/NVME of the
 * <a href="https://reveng.sourceforge.io/crc-catalogue/all.htm">catalogue of CRC
 * algorithms</a>, eight bytes at a time. The SDK supports it only with the native code of
 * the AWS Common Runtime. Not thread-safe.
 */
final class Crc64Nvme implements SdkChecksum {

	/** The polynomial 0xAD93D23594C93659, its bits in reverse order. */
	private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

	/** What a byte contributes, by the number of bytes that follow it. */
	private static final long[][] TABLES = tables();

	private long state = -1;

	private long marked = -1;

	@Override
	public void update(int value) {
		this.state = TABLES[0][(int) (this.state ^ value) & 0xFF] ^ (this.state >>> 8);
	}

	@Override
	public void update(byte[] bytes, int offset, int length) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
		long crc = this.state;
		while (buffer.remaining() >= Long.BYTES) {
			crc ^= buffer.getLong();
			crc = TABLES[7][(int) crc & 0xFF] ^ TABLES[6][(int) (crc >>> 8) & 0xFF]
					^ TABLES[5][(int) (crc >>> 16) & 0xFF] ^ TABLES[4][(int) (crc >>> 24) & 0xFF]
					^ TABLES[3][(int) (crc >>> 32) & 0xFF] ^ TABLES[2][(int) (crc >>> 40) & 0xFF]
					^ TABLES[1][(int) (crc >>> 48) & 0xFF] ^ TABLES[0][(int) (crc >>> 56)];
		}
		this.state = crc;
		while (buffer.hasRemaining()) {
			update(buffer.get());
		}
	}

	@Override
	public long getValue() {
		return ~this.state;
	}

	@Override
	public byte[] getChecksumBytes() {
		return ByteBuffer.allocate(Long.BYTES).putLong(getValue()).array();
	}

	@Override
	public void mark(int limit) {
		this.marked = this.state;
	}

	@Override
	public void reset() {
		this.state = this.marked;
	}

	private static long[][] tables() {
		long[][] tables = new long[Long.BYTES][256];
		for (int value = 0; value < 256; value++) {
			long crc = value;
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				crc = (crc >>> 1) ^ (((crc & 1) != 0) ? POLYNOMIAL : 0);
			}
			tables[0][value] = crc;
		}
		for (int behind = 1; behind < tables.length; behind++) {
			for (int value = 0; value < 256; value++) {
				long crc = tables[behind - 1][value];
				tables[behind][value] = (crc >>> 8) ^ tables[0][(int) crc & 0xFF];
			}
		}
		return tables;
	}

}
