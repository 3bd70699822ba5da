package io.s3s3.internal.multipart;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import io.s3s3.testkit.OpenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeptBytes} and {@link ByteBudget}.
 */
class KeptBytesTests {

	private static final int SIZE = 300_000;

	@TempDir
	private Path folder;

	private final ByteBudget budget = new ByteBudget(2 * SIZE);

	private final byte[] content = new byte[SIZE];

	KeptBytesTests() {
		new Random(1).nextBytes(this.content);
	}

	@Test
	void areReadAsTheyWereWritten() throws IOException {
		try (KeptBytes bytes = new KeptBytes(this.folder, this.budget)) {
			long first = bytes.write(new ByteArrayInputStream(this.content), SIZE);
			long second = bytes.write(new ByteArrayInputStream(this.content), 10);

			assertThat(bytes.open(first, SIZE).readAllBytes()).isEqualTo(this.content);
			assertThat(bytes.open(second, 10).readAllBytes()).isEqualTo(Arrays.copyOf(this.content, 10));
			assertThat(bytes.open(first, 0).read()).isNegative();
			assertThat(bytes.write(new ByteArrayInputStream(new byte[0]), 0)).isNotNegative();
			assertThat(OpenFiles.in(this.folder)).isLessThanOrEqualTo(1);
		}
	}

	@Test
	void areNoMoreThanTheBudgetOfAll() throws IOException {
		try (KeptBytes bytes = new KeptBytes(this.folder, this.budget);
				KeptBytes others = new KeptBytes(this.folder, this.budget)) {
			assertThat(bytes.write(new ByteArrayInputStream(this.content), SIZE)).isZero();
			assertThat(others.write(new ByteArrayInputStream(this.content), SIZE)).isZero();
			assertThat(others.write(new ByteArrayInputStream(this.content), 1)).isNegative();

			bytes.close();
			bytes.close();

			assertThat(this.budget.taken()).isEqualTo(SIZE);
			assertThat(others.write(new ByteArrayInputStream(this.content), 1)).isEqualTo(SIZE);
		}
		assertThat(this.budget.taken()).isZero();
	}

	@Test
	void areGoneWhenTheyAreClosed() throws IOException {
		KeptBytes bytes = new KeptBytes(this.folder, this.budget);
		bytes.write(new ByteArrayInputStream(this.content), SIZE);

		bytes.close();

		assertThat(this.folder).isEmptyDirectory();
		assertThat(OpenFiles.in(this.folder)).isZero();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> bytes.open(0, 1).read());
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> bytes.write(new ByteArrayInputStream(this.content), 1));
	}

	@Test
	void areNotLessThanWasSaid() throws IOException {
		try (KeptBytes bytes = new KeptBytes(this.folder, this.budget)) {
			assertThatExceptionOfType(EOFException.class)
				.isThrownBy(() -> bytes.write(new ByteArrayInputStream(new byte[1]), 2));
		}
	}

}
