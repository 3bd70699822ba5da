package io.s3s3.internal.health;

import io.s3s3.location.LocationRole;

/**
 * Knows the writes that are remembered of one location and that the other one has not
 * shown yet. A client tells the director of its own. Thread-safe.
 */
public interface UnconfirmedWrites {

	/**
	 * Return how many keys have a last write that only one location is known to have. Of
	 * home that is an upper bound as long as calls go there: nothing asks the other
	 * location for what is written at home.
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
	 * Called when calls have left a location, by whoever holds locks: find out in the
	 * background what of its writes arrives at the other one.
	 * @param from the role of the location
	 */
	void left(LocationRole from);

	/**
	 * Let the calls of all keys go where they would, be their last write there or not.
	 */
	void release();

}
