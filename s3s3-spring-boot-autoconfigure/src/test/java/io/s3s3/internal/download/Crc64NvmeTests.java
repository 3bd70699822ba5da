package io.s3s3.internal.download;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Crc64Nvme}.
 */
class Crc64NvmeTests {

	private final Crc64Nvme checksum = new Crc64Nvme();

	@Test
	void givesTheCheckValueOfTheCatalogue() {
		byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
		this.checksum.update(check, 0, check.length);
		assertThat(this.checksum.getValue()).isEqualTo(0xAE8B14860A799888L);
		assertThat(this.checksum.getChecksumBytes()).asHexString().isEqualTo("AE8B14860A799888");
	}

	@Test
	void ofNothingIsZero() {
		assertThat(this.checksum.getValue()).isZero();
	}

	@Property(tries = 200)
	void isTheSameByteByByteAndByMany(@ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(max = 300) int cut) {
		int first = Math.min(cut, bytes.length);
		Crc64Nvme many = new Crc64Nvme();
		many.update(bytes, 0, first);
		many.update(bytes, first, bytes.length - first);
		Crc64Nvme single = new Crc64Nvme();
		for (byte value : bytes) {
			single.update(value);
		}
		assertThat(many.getValue()).isEqualTo(single.getValue());
	}

	@Test
	void goesBackToItsMark() {
		this.checksum.update(1);
		this.checksum.mark(0);
		long marked = this.checksum.getValue();
		this.checksum.update(2);
		this.checksum.reset();
		assertThat(this.checksum.getValue()).isEqualTo(marked);
	}

}
