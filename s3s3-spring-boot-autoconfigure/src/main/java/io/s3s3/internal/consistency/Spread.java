package io.s3s3.internal.consistency;

import java.util.Set;

import io.s3s3.location.LocationRole;

/**
 * How far the last write of a key has spread. Immutable.
 *
 * @param knowing the locations that know of it
 * @param since since when only one does, as {@link System#nanoTime()} counts
 */
record Spread(Set<LocationRole> knowing, long since) {

	static final Spread NONE = new Spread(Set.of(), 0);

	/**
	 * Return how far the last write has spread as it is known now.
	 */
	Spread to(Set<LocationRole> knowing) {
		boolean shrinks = knowing.size() == 1 && this.knowing.size() == 2;
		return knowing.equals(this.knowing) ? this : new Spread(knowing, shrinks ? System.nanoTime() : this.since);
	}

}
