package io.s3s3.routing;

import java.util.List;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The locations that a call may try, in their order. Immutable.
 *
 * @param locations the locations, at least one
 * @param limit why the call may not try the other location, or {@code null} if it may
 * @since 0.1.0
 */
public record RoutePlan(List<Location> locations, @Nullable String limit) {

	/**
	 * Create a plan.
	 */
	public RoutePlan {
		locations = List.copyOf(locations);
		Assert.notEmpty(locations, "A route needs a location");
	}

}
