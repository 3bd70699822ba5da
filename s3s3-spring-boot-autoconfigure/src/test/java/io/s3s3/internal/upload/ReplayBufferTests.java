package io.s3s3.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ReplayBuffer}.
 */
class ReplayBufferTests {

	private static final int MEMORY = 20_000;

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 19_999, 20_000, 20_001, 200_000 })
	void givesTheSameBytesAgain(int size) throws IOException {
		byte[] content = randomBytes(size);
		try (ReplayBuffer buffer = record(new ByteArrayInputStream(content), null)) {
			buffer.open(0, Long.MAX_VALUE).readNBytes(size / 2);

			assertThat(buffer.open(0, Long.MAX_VALUE)).hasBinaryContent(content);
			assertThat(buffer.open(0, Long.MAX_VALUE)).hasBinaryContent(content);
			assertThat(buffer.open(size / 3, size)).hasBinaryContent(Arrays.copyOfRange(content, size / 3, size));
			assertThat(buffer.fill(Long.MAX_VALUE)).isEqualTo(size);
		}
	}

	@Test
	void readsSingleBytes() throws IOException {
		try (ReplayBuffer buffer = record(new ByteArrayInputStream(new byte[] { 1, -1 }), null)) {
			for (int i = 0; i < 2; i++) {
				InputStream view = buffer.open(0, Long.MAX_VALUE);
				assertThat(IntStream.generate(() -> readByte(view)).limit(3)).containsExactly(1, 255, -1);
			}
		}
	}

	@Test
	void reachesTheFileOnlyBeyondTheMemoryLimitAndLeavesNoName() throws IOException {
		Path absent = this.folder.resolve("absent");
		TransferSettings settings = TransferSettings.builder()
			.memoryLimit(DataSize.ofBytes(MEMORY))
			.directory(absent)
			.build();
		try (ReplayBuffer buffer = new ReplayBuffer(new ByteArrayInputStream(new byte[MEMORY + 1]), settings, (ex) -> {
		})) {
			buffer.fill(MEMORY);
			assertThat(buffer.notReplayableReason()).isNull();
			Files.createDirectory(absent);
			assertThat(buffer.fill(MEMORY + 1)).isEqualTo(MEMORY + 1);

			assertThat(buffer.notReplayableReason()).isNull();
			assertThat(buffer.open(0, Long.MAX_VALUE).readAllBytes()).hasSize(MEMORY + 1);
			assertThat(openSpools()).isEqualTo(1);
		}
		assertThat(absent).isEmptyDirectory();
		assertThat(openSpools()).isZero();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void goesOnWithoutARecordingWhenItCannotBeWritten(CapturedOutput output) throws IOException {
		byte[] content = randomBytes(2 * MEMORY);
		TransferSettings settings = TransferSettings.builder()
			.memoryLimit(DataSize.ofBytes(MEMORY))
			.directory(this.folder.resolve("absent"))
			.build();
		try (ReplayBuffer buffer = new ReplayBuffer(new ByteArrayInputStream(content), settings, (ex) -> {
		})) {
			assertThat(buffer.open(0, Long.MAX_VALUE)).hasBinaryContent(content);
			assertThat(buffer.notReplayableReason()).contains("s3s3.transfer.directory");
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("cannot be recorded"))).singleElement()
			.asString()
			.contains("WARN", this.folder.resolve("absent").toString(), "NoSuchFileException");
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void dropsWhatItHasWhenTheLimitIsReachedAndLetsTheFirstViewGoOn() throws IOException {
		byte[] content = randomBytes(2 * MEMORY + 1);
		try (ReplayBuffer buffer = record(new ByteArrayInputStream(content), DataSize.ofBytes(MEMORY))) {
			InputStream view = buffer.open(0, Long.MAX_VALUE);
			view.readNBytes(2 * MEMORY);
			assertThat(buffer.notReplayableReason()).isNull();
			assertThat(openSpools()).isEqualTo(1);

			assertThat(view.readAllBytes()).containsExactly(content[2 * MEMORY]);

			assertThat(buffer.notReplayableReason()).contains("s3s3.transfer.spool-limit");
			assertThat(openSpools()).isZero();
			assertThatIOException().isThrownBy(() -> buffer.open(0, 1).read())
				.withMessageContaining("cannot be sent again");
		}
	}

	@Test
	void tellsWhatTheSourceThrowsAndGivesWhatCameBefore() throws IOException {
		IOException failure = new IOException("disk");
		InputStream source = new InputStream() {

			private int count;

			@Override
			public int read() throws IOException {
				if (this.count++ == 5) {
					throw failure;
				}
				return 7;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				bytes[offset] = (byte) read();
				return 1;
			}

		};
		Throwable[] told = new Throwable[1];
		try (ReplayBuffer buffer = new ReplayBuffer(source, TransferSettings.defaults(), (ex) -> told[0] = ex)) {
			assertThatIOException().isThrownBy(() -> buffer.fill(10)).isSameAs(failure);

			assertThat(told[0]).isSameAs(failure);
			assertThat(buffer.open(0, 5).readAllBytes()).containsOnly(7).hasSize(5);
			// It may have lost what it was about to give.
			assertThatIOException().isThrownBy(() -> buffer.fill(10)).withCause(failure);
		}
	}

	@Test
	void servesManyReadersWhileAnotherGoesOnWithTheSource() throws Exception {
		byte[] content = randomBytes(1_000_000);
		ExecutorService readers = Executors.newFixedThreadPool(4);
		try (ReplayBuffer buffer = record(new ByteArrayInputStream(content), null)) {
			buffer.fill(500_000);
			Stream<Future<byte[]>> parts = IntStream.range(0, 4)
				.mapToObj((part) -> readers
					.submit(() -> buffer.open(part * 250_000L, (part + 1) * 250_000L).readAllBytes()))
				.toList()
				.stream();

			int part = 0;
			for (Future<byte[]> bytes : parts.toList()) {
				assertThat(bytes.get()).isEqualTo(Arrays.copyOfRange(content, part * 250_000, ++part * 250_000));
			}
		}
		finally {
			readers.shutdownNow();
		}
	}

	@Test
	void survivesTheInterruptionOfAReader() throws IOException {
		byte[] content = randomBytes(2 * MEMORY);
		try (ReplayBuffer buffer = record(new ByteArrayInputStream(content), null)) {
			buffer.fill(content.length);
			Thread.currentThread().interrupt();
			buffer.open(0, content.length).readAllBytes();
			assertThat(Thread.interrupted()).isTrue();

			assertThat(buffer.open(0, content.length)).hasBinaryContent(content);
		}
	}

	@Test
	void givesNothingOnceItIsClosed() throws IOException {
		ReplayBuffer buffer = record(new ByteArrayInputStream(new byte[2 * MEMORY]), null);
		buffer.fill(2 * MEMORY);

		buffer.close();

		assertThatIOException().isThrownBy(() -> buffer.open(0, 1).read());
		assertThat(openSpools()).isZero();
	}

	private ReplayBuffer record(InputStream source, @org.jspecify.annotations.Nullable DataSize spoolLimit) {
		TransferSettings settings = TransferSettings.builder()
			.memoryLimit(DataSize.ofBytes(MEMORY))
			.spoolLimit(spoolLimit)
			.directory(this.folder)
			.build();
		return new ReplayBuffer(source, settings, (ex) -> {
		});
	}

	// Where there is /proc, a file without a name is seen as long as it is open.
	private long openSpools() throws IOException {
		return io.s3s3.testkit.OpenFiles.in(this.folder);
	}

	private static int readByte(InputStream stream) {
		try {
			return stream.read();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static byte[] randomBytes(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

}
