package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * Knows what a client has learned in order to make a second request for a read that is
 * slow. A client tells the {@link TrafficDirector} of its own. Thread-safe.
 *
 * @since 0.1.0
 */
public interface HedgeFigures {

	/**
	 * Return how long the answer to a GET is waited for before there is a second request.
	 * @param location the role of the location
	 * @return the duration
	 */
	Duration delay(LocationRole location);

	/**
	 * Return how many second requests there may be at once as things stand.
	 * @return the number
	 */
	int budgetLeft();

}
