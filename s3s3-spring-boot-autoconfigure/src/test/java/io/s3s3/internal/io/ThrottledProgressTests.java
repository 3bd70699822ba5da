package io.s3s3.internal.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThrottledProgress}.
 */
class ThrottledProgressTests {

	private final List<Long> told = new ArrayList<>();

	private long now = Long.MAX_VALUE;

	private final ThrottledProgress progress = new ThrottledProgress((bytes, total) -> this.told.add(bytes),
			() -> this.now);

	@Test
	void tellsTheFirstThenTenASecondThenTheLast() {
		for (int bytes = 1; bytes <= 1000; bytes++) {
			this.progress.moved(bytes, 1000);
			this.now += TimeUnit.MILLISECONDS.toNanos(1);
		}

		assertThat(this.told).containsExactly(1L, 101L, 201L, 301L, 401L, 501L, 601L, 701L, 801L, 901L, 1000L);
	}

	@Test
	void neverGoesBack() {
		this.progress.moved(500, 1000);
		this.now += TimeUnit.SECONDS.toNanos(1);
		this.progress.moved(10, 1000);
		this.progress.moved(500, 1000);
		this.progress.moved(501, 1000);

		assertThat(this.told).containsExactly(500L, 501L);
	}

	@Test
	void tellsTheLastOnceThoughItWasNotDue() {
		this.progress.moved(1, -1);
		this.progress.moved(2, -1);
		this.progress.moved(2, 2);
		this.progress.moved(2, 2);

		assertThat(this.told).containsExactly(1L, 2L);
	}

}
