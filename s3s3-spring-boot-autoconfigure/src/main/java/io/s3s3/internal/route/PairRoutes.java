package io.s3s3.internal.route;

import java.util.List;
import java.util.Set;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;

/**
 * The routes of calls that either location can serve. Immutable.
 */
final class PairRoutes {

	private final Route primaryFirst;

	private final Route secondaryFirst;

	private final Route primaryAlone;

	private final Route secondaryAlone;

	/**
	 * Create the routes of a pair.
	 */
	PairRoutes(LocationPair pair, String limitOfOneAlone) {
		this.primaryFirst = new Route(List.of(pair.primary(), pair.secondary()), null);
		this.secondaryFirst = new Route(List.of(pair.secondary(), pair.primary()), null);
		this.primaryAlone = new Route(List.of(pair.primary()), limitOfOneAlone);
		this.secondaryAlone = new Route(List.of(pair.secondary()), limitOfOneAlone);
	}

	/**
	 * Return the route along one location, or along both in order.
	 */
	Route in(List<LocationRole> order) {
		if (order.size() == 1) {
			return (order.get(0) == LocationRole.PRIMARY) ? this.primaryAlone : this.secondaryAlone;
		}
		return startingAt(order.get(0));
	}

	/**
	 * Return the route along both locations that starts at one of them.
	 */
	Route startingAt(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primaryFirst : this.secondaryFirst;
	}

	boolean contains(Route route) {
		return Set.of(this.primaryFirst, this.secondaryFirst, this.primaryAlone, this.secondaryAlone).contains(route);
	}

}
