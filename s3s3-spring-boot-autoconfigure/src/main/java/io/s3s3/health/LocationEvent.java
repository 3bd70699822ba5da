package io.s3s3.health;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.springframework.context.ApplicationEvent;

/**
 * Something that happened to the locations as a whole. Always published to the
 * application context, each exactly once and in order. Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class LocationEvent extends ApplicationEvent
		permits AllLocationsOut, LocationAvailableAgain, FailbackProgressed, LocationStatusChanged, TrafficSwitched {

	private final Instant time;

	LocationEvent(Object source, Instant time) {
		super(source, Clock.fixed(time, ZoneOffset.UTC));
		this.time = time;
	}

	/**
	 * Return when it happened.
	 * @return the time
	 */
	public Instant getTime() {
		return this.time;
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[" + describe() + "]";
	}

	/**
	 * Return what this event tells.
	 * @return the text
	 */
	abstract String describe();

}
