package io.s3s3.health;

import io.s3s3.location.LocationRole;

import org.jspecify.annotations.Nullable;

/**
 * Tells where calls go now. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Traffic {

	/**
	 * Return home: the primary, unless an operator chose otherwise. An outage does not
	 * change it.
	 * @return the role of the location
	 */
	LocationRole home();

	/**
	 * Return the order in which a call tries the locations. While calls come back to home
	 * step by step, all calls for a key go the same way, so that an object is read where
	 * it was written.
	 * @param key the key that the call is about, or {@code null} if there is none
	 * @return the order
	 */
	TrafficOrder order(@Nullable String key);

	/**
	 * Return whether a location is one to go on with.
	 * @param location the role of the location
	 * @return whether it is neither out nor drained
	 */
	boolean isWell(LocationRole location);

}
