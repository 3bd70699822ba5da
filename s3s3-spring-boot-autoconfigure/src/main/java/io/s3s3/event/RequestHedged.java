package io.s3s3.event;

import java.time.Duration;
import java.util.Locale;

import io.s3s3.location.LocationRole;

/**
 * The answer to a read was late, so the request was sent a second time, or would have
 * been if there had not been too many second requests already.
 *
 * @since 0.1.0
 */
public final class RequestHedged extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole location;

	private final LocationRole secondLocation;

	private final Outcome outcome;

	private final Duration delay;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location whose answer was late
	 * @param secondLocation the location that the second request was for
	 * @param outcome what came of the second request
	 * @param delay how long after the first request it was made, or would have been
	 */
	public RequestHedged(S3Call call, LocationRole location, LocationRole secondLocation, Outcome outcome,
			Duration delay) {
		super(call);
		this.location = location;
		this.secondLocation = secondLocation;
		this.outcome = outcome;
		this.delay = delay;
	}

	/**
	 * Return the location whose answer was late.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return the location that the second request was for: the same one, or the other one
	 * if its answer could prove to be no older.
	 * @return the location
	 */
	public LocationRole getSecondLocation() {
		return this.secondLocation;
	}

	/**
	 * Return what came of the second request.
	 * @return the outcome
	 */
	public Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return how long after the first request the second one was made, or would have
	 * been.
	 * @return the duration
	 */
	public Duration getDelay() {
		return this.delay;
	}

	@Override
	String describe() {
		return ", at " + this.location + ", again at " + this.secondLocation + ", " + this.outcome.tag();
	}

	/**
	 * What came of a second request.
	 */
	public enum Outcome {

		/** It was answered first, and the first request was aborted. */
		WON,

		/** The first request ended first. */
		LOST,

		/** It was not made: there was no budget, no thread or no connection for it. */
		DENIED;

		/**
		 * Return the outcome as it appears in logs and meters.
		 * @return the name in lower case
		 */
		public String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
