package io.s3s3.location;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A route that an operator forces.
 *
 * @param location the location that calls go to first
 * @param since since when
 * @param until until when, or {@code null} until it is released
 */
record Forced(LocationRole location, Moment since, @Nullable Moment until) {

	static Forced of(LocationRole location, @Nullable Duration duration, Moment now) {
		return new Forced(location, now, (duration != null) ? now.plus(duration) : null);
	}

	boolean isOver(Moment now) {
		return this.until != null && !now.isBefore(this.until);
	}

	ForcedRoute asRoute() {
		return new ForcedRoute(this.location, this.since.instant(), (this.until != null) ? this.until.instant() : null);
	}

}
