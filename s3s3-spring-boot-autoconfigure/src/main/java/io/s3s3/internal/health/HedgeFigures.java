package io.s3s3.internal.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * The figures by which a client hedges slow reads. A client registers its own with the
 * director. Thread-safe.
 */
public interface HedgeFigures {

	/**
	 * Return how long to wait for the answer to a GET before there is a second request.
	 * @param location the role of the location
	 * @return the duration
	 */
	Duration delay(LocationRole location);

	/**
	 * Return how many second requests there could currently be at once.
	 * @return the number
	 */
	int budgetLeft();

}
