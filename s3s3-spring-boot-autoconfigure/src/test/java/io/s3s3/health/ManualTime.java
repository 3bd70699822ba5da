package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;

/**
 * Time that passes when it is told to.
 */
final class ManualTime implements Ticker {

	private long nanos = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

	private Instant instant = Instant.parse("2026-01-01T00:00:00Z");

	@Override
	public long nanoTime() {
		return this.nanos;
	}

	@Override
	public Instant instant() {
		return this.instant;
	}

	void pass(Duration duration) {
		this.nanos += duration.toNanos();
		this.instant = this.instant.plus(duration);
	}

}
