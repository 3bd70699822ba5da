package io.s3s3.location;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time, for durations and for people.
 *
 * @param nanos the time for durations
 * @param instant the time for people
 */
record Moment(long nanos, Instant instant) {

	static Moment of(TimeSource time) {
		return new Moment(time.nanoTime(), time.instant());
	}

	boolean isBefore(Moment other) {
		return this.nanos - other.nanos < 0;
	}

	Moment plus(Duration duration) {
		return new Moment(this.nanos + duration.toNanos(), this.instant.plus(duration));
	}

	Duration until(Moment other) {
		return Duration.ofNanos(other.nanos - this.nanos);
	}

}
