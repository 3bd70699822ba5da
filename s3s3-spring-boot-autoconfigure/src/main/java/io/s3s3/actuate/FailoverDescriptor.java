package io.s3s3.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.s3s3.health.FailbackProgress;
import io.s3s3.health.FailoverStatus;
import io.s3s3.health.ForcedRoute;
import io.s3s3.health.TrafficSwitch;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Describes the locations and the traffic between them, in the words of logs and meters.
 *
 * @param home the primary, unless an operator chose otherwise
 * @param first the location that calls go to first
 * @param forced the forced route, or {@code null} if there is none
 * @param locations what is known of each location, by its role
 * @param recentSwitches the last moves of traffic, the oldest first
 * @param lastFailback how far the calls of home came back last, or {@code null} if they
 * never had to
 * @since 0.1.0
 */
public record FailoverDescriptor(String home, String first, @Nullable ForcedRouteDescriptor forced,
		Map<String, LocationDescriptor> locations, List<SwitchDescriptor> recentSwitches,
		@Nullable FailbackDescriptor lastFailback) implements OperationResponseBody {

	static FailoverDescriptor of(FailoverStatus status) {
		Map<String, LocationDescriptor> locations = new TreeMap<>();
		for (LocationRole role : LocationRole.values()) {
			locations.put(role.tag(), LocationDescriptor.of(status.get(role)));
		}
		ForcedRoute forced = status.forced();
		FailbackProgress failback = status.lastFailback();
		return new FailoverDescriptor(status.home().tag(), status.first().tag(),
				(forced != null) ? ForcedRouteDescriptor.of(forced) : null, locations,
				status.recentSwitches().stream().map(SwitchDescriptor::of).toList(),
				(failback != null) ? FailbackDescriptor.of(failback) : null);
	}

	/**
	 * Describes an operator's order that calls go to a location first.
	 *
	 * @param location the location
	 * @param since since when it is in force
	 * @param expiry when it ends by itself, or {@code null} if an operator must release
	 * it
	 */
	public record ForcedRouteDescriptor(String location, Instant since, @Nullable Instant expiry) {

		static ForcedRouteDescriptor of(ForcedRoute route) {
			return new ForcedRouteDescriptor(route.location().tag(), route.since(), route.expiry());
		}

	}

	/**
	 * Describes a move of traffic as a whole.
	 *
	 * @param from the location that calls went to first
	 * @param to the location that calls go to first from then on
	 * @param reason why
	 * @param time when
	 */
	public record SwitchDescriptor(String from, String to, String reason, Instant time) {

		static SwitchDescriptor of(TrafficSwitch move) {
			return new SwitchDescriptor(move.from().tag(), move.to().tag(), move.reason().tag(), move.time());
		}

	}

	/**
	 * Describes a step of the calls of home on their way back to it.
	 *
	 * @param to the location that they come back to
	 * @param phase how far they are
	 * @param percent which part of them goes there from then on
	 * @param reason why
	 * @param time when
	 */
	public record FailbackDescriptor(String to, String phase, int percent, String reason, Instant time) {

		static FailbackDescriptor of(FailbackProgress progress) {
			return new FailbackDescriptor(progress.to().tag(), progress.phase().tag(), progress.percent(),
					progress.reason().tag(), progress.time());
		}

	}

}
