package io.s3s3.failure;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * One attempt that failed.
 *
 * @param location where it went
 * @param duration how long it took
 * @param failure what went wrong
 * @since 0.1.0
 */
public record FailedAttempt(LocationRole location, Duration duration, Failure failure) {

	@Override
	public String toString() {
		return "%s: %s after %d ms (%s)".formatted(this.location, this.failure.kind().tag(), this.duration.toMillis(),
				this.failure.effect());
	}

}
