package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;

/**
 * A location is well again after a time when none was.
 *
 * @since 0.1.0
 */
public final class LocationAvailableAgain extends LocationEvent {

	private final Duration duration;

	LocationAvailableAgain(Instant since, Instant time) {
		super(time, time);
		this.duration = Duration.between(since, time);
	}

	/**
	 * Return for how long no location was well.
	 * @return the duration
	 */
	public Duration getDuration() {
		return this.duration;
	}

	@Override
	String describe() {
		return "after " + this.duration;
	}

}
