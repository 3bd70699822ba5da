package io.s3s3.event;

import java.time.Duration;
import java.util.Locale;

import io.s3s3.location.LocationRole;

/**
 * The answer to a read was late, so that the location was sent the same request a second
 * time, or would have been if there were not too many such requests already.
 *
 * @since 0.1.0
 */
public final class RequestHedged extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final LocationRole location;

	private final Outcome outcome;

	private final Duration delay;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location that both requests were for
	 * @param outcome what came of the second request
	 * @param delay after how long it was made, or would have been
	 */
	public RequestHedged(S3Call call, LocationRole location, Outcome outcome, Duration delay) {
		super(call);
		this.location = location;
		this.outcome = outcome;
		this.delay = delay;
	}

	/**
	 * Return the location that both requests were for.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return what came of the second request.
	 * @return the outcome
	 */
	public Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return after how long the second request was made, or would have been.
	 * @return the duration
	 */
	public Duration getDelay() {
		return this.delay;
	}

	@Override
	String describe() {
		return ", at " + this.location + ", " + this.outcome.tag();
	}

	/**
	 * What came of a second request.
	 */
	public enum Outcome {

		/** It was answered first, and the first request was aborted. */
		WON,

		/** The first request had its outcome first. */
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
