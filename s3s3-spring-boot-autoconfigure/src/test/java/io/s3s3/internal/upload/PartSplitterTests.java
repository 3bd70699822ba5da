package io.s3s3.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;

import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PartSplitter}.
 */
class PartSplitterTests {

	private static final int MAX_PARTS = 10_000;

	@Test
	void cutsContentOfKnownLengthIntoAsManyPartsAsS3Takes() throws IOException {
		PartSplitter cutter = cutter(25_001, 25_001, 1);
		int count = 0;
		long sum = 0;
		for (Part part = cutter.next(); part != null; part = part.last() ? null : cutter.next()) {
			count++;
			sum += part.length();
		}
		assertThat(count).isLessThanOrEqualTo(MAX_PARTS);
		assertThat(sum).isEqualTo(25_001);
	}

	@Test
	void refusesMorePartsThanS3Takes() throws IOException {
		PartSplitter cutter = cutter(MAX_PARTS + 1, -1, 1);
		for (int number = 1; number <= MAX_PARTS; number++) {
			assertThat(Objects.requireNonNull(cutter.next()).number()).isEqualTo(number);
		}

		assertThatIOException().isThrownBy(cutter::next).withMessageContaining("s3s3.transfer.part-size");
	}

	@Test
	void endsWithThePartThatIsTheLastThatS3Takes() throws IOException {
		PartSplitter cutter = cutter(MAX_PARTS, -1, 1);
		for (int number = 1; number <= MAX_PARTS; number++) {
			assertThat(cutter.next()).isNotNull();
		}

		assertThat(cutter.next()).isNull();
	}

	// Of content that is not kept, whose parts are all of the same size.
	private static PartSplitter cutter(int size, long length, int partSize) {
		TransferSettings settings = TransferSettings.builder()
			.memoryLimit(DataSize.ofBytes(0))
			.spoolLimit(DataSize.ofBytes(0))
			.build();
		return new PartSplitter(new ReplayBuffer(new ByteArrayInputStream(new byte[size]), settings, (ex) -> {
		}), length, partSize);
	}

}
