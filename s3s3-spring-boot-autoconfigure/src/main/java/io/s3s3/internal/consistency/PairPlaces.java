package io.s3s3.internal.consistency;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/**
 * Tells the locations of a pair apart by what every process calls the same: the names and
 * regions of the buckets, whichever of them is whose primary. Where these are the same,
 * the role decides. Immutable.
 *
 * @param id the same for all processes with this pair
 * @param first the location that all of them call the first
 */
record PairPlaces(long id, LocationRole first) {

	static PairPlaces of(LocationPair pair) {
		long primary = placeOf(pair.primary());
		long secondary = placeOf(pair.secondary());
		boolean inOrder = primary <= secondary;
		return new PairPlaces(Fingerprints.of(Math.min(primary, secondary) + "/" + Math.max(primary, secondary)),
				inOrder ? LocationRole.PRIMARY : LocationRole.SECONDARY);
	}

	private static long placeOf(Location location) {
		return Fingerprints.of(location.bucket() + "/" + regionOf(location));
	}

	private static String regionOf(Location location) {
		try {
			S3ServiceClientConfiguration configuration = location.client().serviceClientConfiguration();
			return (configuration != null) ? String.valueOf(configuration.region()) : "";
		}
		catch (UnsupportedOperationException ex) {
			return "";
		}
	}

	int indexOf(LocationRole location) {
		return (location == this.first) ? 0 : 1;
	}

	LocationRole at(int index) {
		return (index == 0) ? this.first : this.first.other();
	}

}
