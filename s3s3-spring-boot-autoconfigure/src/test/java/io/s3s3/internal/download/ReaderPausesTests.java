package io.s3s3.internal.download;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReaderPauses}.
 */
class ReaderPausesTests {

	private long now = Long.MAX_VALUE - 5;

	private final ReaderPauses pauses = new ReaderPauses(() -> this.now);

	@Test
	void outweighReadsAfterALongOne() {
		read(Duration.ofMillis(10));
		pause(Duration.ofSeconds(75));
		this.pauses.endPause();

		assertThat(this.pauses.outweighReads()).isTrue();
	}

	@Test
	void outweighReadsWhenTheReaderIsSlowAllTheTime() {
		for (int i = 0; i < 100; i++) {
			read(Duration.ofMillis(1));
			pause(Duration.ofMillis(100));
		}
		this.pauses.endPause();

		assertThat(this.pauses.outweighReads()).isTrue();
	}

	@Test
	void countForNothingWhereTheAnswerIsSlower() {
		pause(Duration.ofSeconds(2));
		read(Duration.ofSeconds(3));
		this.pauses.endPause();

		assertThat(this.pauses.outweighReads()).isFalse();
	}

	@Test
	void countForNothingWhereTheyAreShort() {
		pause(Duration.ofMillis(999));
		this.pauses.endPause();

		assertThat(this.pauses.outweighReads()).isFalse();
	}

	private void read(Duration duration) {
		this.pauses.endPause();
		this.now += duration.toNanos();
		this.pauses.beginPause();
	}

	private void pause(Duration duration) {
		this.now += duration.toNanos();
	}

}
