package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A route that an operator forces.
 *
 * @param location the location that calls go to first
 * @param since since when
 * @param until until when, or {@code null} if until it is released
 */
record Forced(LocationRole location, Timestamp since, @Nullable Timestamp until) {

	static Forced of(LocationRole location, @Nullable Duration duration, Timestamp now) {
		return new Forced(location, now, (duration != null) ? now.plus(duration) : null);
	}

	boolean isOver(Timestamp now) {
		return this.until != null && !now.isBefore(this.until);
	}

}
