package io.s3s3.health;

import java.time.Duration;
import java.util.List;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the locations and of the traffic between them at a time. Immutable.
 *
 * @param home the primary, unless an operator chose otherwise
 * @param first the location that calls go to first
 * @param primary the primary location
 * @param secondary the secondary location
 * @param forced the forced route, or {@code null} if there is none
 * @param awayFromHome for how long calls went elsewhere than home first, all together
 * @param recentSwitches the last moves of traffic, the oldest first
 * @param lastFailback how far the calls of home came back last, or {@code null} if they
 * never had to
 * @since 0.1.0
 */
public record FailoverStatus(LocationRole home, LocationRole first, LocationSnapshot primary,
		LocationSnapshot secondary, @Nullable ForcedRoute forced, Duration awayFromHome,
		List<TrafficSwitch> recentSwitches, @Nullable FailbackProgress lastFailback) {

	/**
	 * Return what is known of a location.
	 * @param role the role of the location
	 * @return the snapshot
	 */
	public LocationSnapshot get(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primary : this.secondary;
	}

	/**
	 * Return whether no location is well.
	 * @return whether each is out or drained
	 */
	public boolean isAllOut() {
		return !this.primary.status().isWell() && !this.secondary.status().isWell();
	}

}
