package io.s3s3.location;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The two locations whose buckets replicate to each other. Immutable.
 *
 * @param primary the location that calls go to as long as it works
 * @param secondary the location that stands in for it
 * @since 0.1.0
 */
public record LocationPair(Location primary, Location secondary) {

	/**
	 * Create a pair.
	 * @throws IllegalArgumentException if a location is missing, or has the role of the
	 * other one
	 */
	public LocationPair {
		Assert.notNull(primary, "The primary location is required");
		Assert.notNull(secondary, "The secondary location is required");
		Assert.isTrue(primary.role() == LocationRole.PRIMARY, "The primary location must have the role PRIMARY");
		Assert.isTrue(secondary.role() == LocationRole.SECONDARY,
				"The secondary location must have the role SECONDARY");
	}

	/**
	 * Return the location with the given role.
	 * @param role the role
	 * @return the location
	 */
	public Location get(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primary : this.secondary;
	}

	/**
	 * Return whether a request for a bucket belongs to this pair: it names either of the
	 * two buckets, or none at all.
	 * @param bucket the bucket of a request, {@code null} if it names none
	 * @return whether the pair serves the request
	 */
	public boolean owns(@Nullable String bucket) {
		return bucket == null || bucket.equals(this.primary.bucket()) || bucket.equals(this.secondary.bucket());
	}

}
