package io.s3s3.internal.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * Knows what a client has learned in order to make a second request for a read that is
 * slow. A client tells the director of its own. Thread-safe.
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
