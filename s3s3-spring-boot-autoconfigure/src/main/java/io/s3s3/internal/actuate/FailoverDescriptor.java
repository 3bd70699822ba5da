package io.s3s3.internal.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.s3s3.health.FailbackProgressed;
import io.s3s3.health.FailoverStatus;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The {@link FailoverStatus} as the endpoint shows it, with the names of constants as
 * they appear in logs and meters.
 */
public final class FailoverDescriptor implements OperationResponseBody {

	private final FailoverStatus status;

	FailoverDescriptor(FailoverStatus status) {
		this.status = status;
	}

	/**
	 * Return home.
	 * @return the role of the location
	 */
	public String getHome() {
		return this.status.home().tag();
	}

	/**
	 * Return the location that calls go to first.
	 * @return the role of the location
	 */
	public String getFirst() {
		return this.status.first().tag();
	}

	/**
	 * Return the forced route.
	 * @return the route, or {@code null} if there is none
	 */
	public @Nullable ForcedRoute getForced() {
		LocationRole location = this.status.forcedTo();
		return (location != null)
				? new ForcedRoute(location.tag(), this.status.forcedSince(), this.status.forcedUntil()) : null;
	}

	/**
	 * Return the state of the locations.
	 * @return the locations by their roles, each as names and values
	 */
	public Map<String, Map<String, Object>> getLocations() {
		Map<String, Map<String, Object>> locations = new TreeMap<>();
		for (LocationRole role : LocationRole.values()) {
			locations.put(role.tag(), StatusDescription.of(this.status.get(role)));
		}
		return locations;
	}

	/**
	 * Return the last switches of traffic and their outcome.
	 * @return the switches, the oldest first, each as names and values
	 */
	public List<Map<String, Object>> getRecentSwitches() {
		return this.status.recentSwitches().stream().map(StatusDescription::of).toList();
	}

	/**
	 * Return the last step of the last failback.
	 * @return the step, or {@code null} if there has been no failback
	 */
	public @Nullable Failback getLastFailback() {
		FailbackProgressed last = this.status.lastFailback();
		return (last != null) ? Failback.of(last) : null;
	}

	/**
	 * Return how many keys have calls that stay away from home because their last write
	 * is not known to have arrived there.
	 * @return the number of keys
	 */
	public int getHeldKeys() {
		return this.status.heldKeys();
	}

	/**
	 * Return how many reads could currently get a second request at once.
	 * @return the number, or {@code null} if no reads are hedged
	 */
	public @Nullable Integer getHedgeBudget() {
		return this.status.hedgeBudget();
	}

	/**
	 * A forced route.
	 */
	record ForcedRoute(String location, @Nullable Instant since, @Nullable Instant expiry) {

	}

	/**
	 * A step of a failback.
	 */
	record Failback(String to, String phase, int percent, String reason, Instant time) {

		static Failback of(FailbackProgressed progress) {
			return new Failback(progress.getTo().tag(), progress.getPhase().tag(), progress.getPercent(),
					progress.getReason().tag(), progress.getTime());
		}

	}

}
