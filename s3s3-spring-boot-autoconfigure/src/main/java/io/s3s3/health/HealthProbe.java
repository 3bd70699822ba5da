package io.s3s3.health;

import io.s3s3.location.Location;

/**
 * Finds out whether a location is well, by asking it. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HealthProbe {

	/**
	 * Probe a location.
	 * @param location the location
	 * @return what the probe found
	 * @throws RuntimeException if the location failed
	 */
	ProbeResult probe(Location location);

}
