package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time, for durations and for people.
 *
 * @param nanos the time for durations
 * @param instant the time for people
 */
record Timestamp(long nanos, Instant instant) {

	static Timestamp of(Ticker time) {
		return new Timestamp(time.nanoTime(), time.instant());
	}

	boolean isBefore(Timestamp other) {
		return this.nanos - other.nanos < 0;
	}

	Timestamp plus(Duration duration) {
		return new Timestamp(this.nanos + duration.toNanos(), this.instant.plus(duration));
	}

	Duration until(Timestamp other) {
		return Duration.ofNanos(other.nanos - this.nanos);
	}

}
