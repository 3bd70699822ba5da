package io.s3s3.internal.consistency;

import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;

/**
 * The locations that are asked for what was written. Thread-safe.
 *
 * @param locations the locations
 * @param director knows which of them is home, and well
 * @param writes what was written
 */
record AskedPair(LocationPair locations, TrafficDirector director, RecentWrites writes) {

	LocationRole home() {
		return this.director.home();
	}

	boolean isWell(LocationRole location) {
		return this.director.isWell(location);
	}

	boolean areBothWell() {
		return isWell(LocationRole.PRIMARY) && isWell(LocationRole.SECONDARY);
	}

	/**
	 * Examine what a location has of a key.
	 * @param history what is remembered of the key
	 * @throws software.amazon.awssdk.core.exception.SdkException if the location cannot
	 * tell now
	 */
	Examination examine(String key, KeyHistory history, LocationRole location) {
		return new Examination(key, history, this.writes, get(location));
	}

	Location get(LocationRole location) {
		return this.locations.get(location);
	}

}
