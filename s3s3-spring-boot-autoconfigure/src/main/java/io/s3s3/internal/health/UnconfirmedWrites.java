package io.s3s3.internal.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * The remembered writes to one location that the other one has not shown yet. A client
 * registers its own with the director. Thread-safe.
 */
public interface UnconfirmedWrites {

	/**
	 * Return how many keys have a last write that only one location is known to have. For
	 * home this is an upper bound while calls go there, since the other location is asked
	 * for what is written at home after a while only.
	 * @param location the role of the location
	 * @return the number of keys
	 */
	int at(LocationRole location);

	/**
	 * Return how many keys have calls that stay away from home because their last write
	 * is not known to have arrived there.
	 * @return the number of keys
	 */
	int held();

	/**
	 * Called, possibly with locks held, when it was measured how far a location is
	 * behind.
	 * @param to the role of the location
	 * @param lag how long a write took to arrive there
	 */
	void replicated(LocationRole to, Duration lag);

	/**
	 * Called, possibly with locks held, when calls have left a location: find out in the
	 * background which of its writes arrive at the other one.
	 * @param from the role of the location
	 */
	void left(LocationRole from);

	/**
	 * Let the calls for all keys go to their usual location, whether or not the last
	 * write is there.
	 */
	void release();

}
