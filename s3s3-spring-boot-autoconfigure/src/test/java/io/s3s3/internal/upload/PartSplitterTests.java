package io.s3s3.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
		List<Part> parts = parts(splitter(25_001, 25_001, 1));

		assertThat(parts).hasSizeLessThanOrEqualTo(MAX_PARTS);
		assertThat(parts.stream().mapToLong(Part::length).sum()).isEqualTo(25_001);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 0", "5, 0", "6, 0", "10, 0", "11, 0", "0, 100", "1, 100", "5, 100", "6, 100", "10, 100",
			"11, 100", "10, 4", "10, 5", "10, 6", "10, 9", "10, 10" })
	void marksTheLastPartOfContentOfUnknownLength(int size, int kept) throws IOException {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);

		PartSplitter splitter = splitter(content, -1, 5, kept);
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (int left = Math.max(1, (size + 4) / 5); left > 0; left--) {
			Part part = splitter.next();
			joined.write(part.content().open().readAllBytes());
			assertThat(part.last()).isEqualTo(left == 1);
		}

		assertThat(joined.toByteArray()).isEqualTo(content);
	}

	@Test
	void refusesMorePartsThanS3Takes() throws IOException {
		PartSplitter splitter = splitter(MAX_PARTS + 1, -1, 1);
		for (int number = 1; number <= MAX_PARTS; number++) {
			assertThat(splitter.next().number()).isEqualTo(number);
		}

		assertThatIOException().isThrownBy(splitter::next).withMessageContaining("s3s3.transfer.part-size");
	}

	@Test
	void endsWithThePartThatIsTheLastThatS3Takes() throws IOException {
		assertThat(parts(splitter(MAX_PARTS, -1, 1))).hasSize(MAX_PARTS);
	}

	// Content of which nothing is kept, so that parts do not grow.
	private static PartSplitter splitter(int size, long length, int partSize) {
		return splitter(new byte[size], length, partSize, 0);
	}

	private static PartSplitter splitter(byte[] content, long length, int partSize, int kept) {
		TransferSettings settings = TransferSettings.builder()
			.memoryLimit(DataSize.ofBytes(kept))
			.spoolLimit(DataSize.ofBytes(0))
			.build();
		return new PartSplitter(new ReplayBuffer(new ByteArrayInputStream(content), settings, (ex) -> {
		}), length, partSize);
	}

	private static List<Part> parts(PartSplitter splitter) throws IOException {
		List<Part> parts = new ArrayList<>();
		do {
			parts.add(splitter.next());
		}
		while (!parts.get(parts.size() - 1).last());
		return parts;
	}

}
