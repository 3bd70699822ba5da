package io.s3s3.internal.consistency;

import io.s3s3.location.LocationRole;

/**
 * Is told what was found out of keys that nobody has read. Called by threads of the
 * memory, for one key at a time.
 */
public interface Discoveries {

	/**
	 * An older write has replaced the last one where that was taken.
	 * @param key the key
	 * @param location the location
	 */
	void buried(String key, LocationRole location);

	/**
	 * The last write is missing, long after it should have arrived.
	 * @param key the key
	 * @param location the location that lacks it
	 */
	void notReplicated(String key, LocationRole location);

	/**
	 * Nothing proves whether a location has the last write, or an older one.
	 * @param key the key
	 * @param location the location
	 */
	void unproven(String key, LocationRole location);

}
