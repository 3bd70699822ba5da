package io.s3s3.internal.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The locations that a call may try, in order. Immutable.
 *
 * @param locations the locations, at least one
 * @param limit why the call may not try the other location, or {@code null} if it may
 * @param sought what only one of the locations knows, or {@code null} if any of them can
 * serve the call
 */
public record Route(List<Location> locations, @Nullable String limit, @Nullable Sought sought) {

	/**
	 * Create a route.
	 */
	public Route {
		locations = List.copyOf(locations);
		Assert.notEmpty(locations, "A route needs a location");
	}

	/**
	 * Create a route of locations any of which can serve the call.
	 * @param locations the locations, at least one
	 * @param limit why the call may not try the other location, or {@code null} if it may
	 */
	public Route(List<Location> locations, @Nullable String limit) {
		this(locations, limit, null);
	}

	/**
	 * Return this route beginning with one of its locations.
	 * @return a route of the same locations
	 */
	public Route startingAt(Location location) {
		List<Location> rotated = new ArrayList<>(this.locations);
		Collections.rotate(rotated, -rotated.indexOf(location));
		return new Route(rotated, this.limit, this.sought);
	}

	boolean hasSameLocationsAs(Route other) {
		return this.locations.size() == other.locations.size() && this.locations.containsAll(other.locations);
	}

}
