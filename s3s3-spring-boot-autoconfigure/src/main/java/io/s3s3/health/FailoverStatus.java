package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.s3s3.internal.health.HedgeFigures;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the locations and of the traffic between them. Immutable.
 *
 * @since 0.1.0
 */
public final class FailoverStatus {

	private final LocationRole home;

	private final LocationRole first;

	private final LocationSnapshot primary;

	private final LocationSnapshot secondary;

	private final @Nullable Forced forced;

	private final Duration awayFromHome;

	private final List<SwitchRecord> recentSwitches;

	private final @Nullable FailbackProgressed lastFailback;

	private final int heldKeys;

	private final @Nullable Integer hedgeBudget;

	FailoverStatus(PairState pair, Timestamp now) {
		this.home = pair.route().home();
		this.first = pair.route().first();
		this.primary = snapshot(pair, LocationRole.PRIMARY);
		this.secondary = snapshot(pair, LocationRole.SECONDARY);
		this.forced = pair.forced();
		this.awayFromHome = pair.history().awayUntil(now);
		this.recentSwitches = pair.history().switches();
		this.lastFailback = pair.history().lastFailback();
		this.heldKeys = pair.history().writes().held();
		HedgeFigures hedges = pair.history().hedges();
		this.hedgeBudget = (hedges != null) ? hedges.budgetLeft() : null;
	}

	private static LocationSnapshot snapshot(PairState pair, LocationRole role) {
		return new LocationSnapshot(pair.health(role), pair.history());
	}

	/**
	 * Return home: the primary, unless an operator chose otherwise.
	 * @return the role of the location
	 */
	public LocationRole home() {
		return this.home;
	}

	/**
	 * Return the location that calls go to first.
	 * @return the role of the location
	 */
	public LocationRole first() {
		return this.first;
	}

	/**
	 * Return the state of the primary location.
	 * @return the snapshot
	 */
	public LocationSnapshot primary() {
		return this.primary;
	}

	/**
	 * Return the state of the secondary location.
	 * @return the snapshot
	 */
	public LocationSnapshot secondary() {
		return this.secondary;
	}

	/**
	 * Return the state of a location.
	 * @param role the role of the location
	 * @return the snapshot
	 */
	public LocationSnapshot get(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primary : this.secondary;
	}

	/**
	 * Return the location that an operator forces calls to.
	 * @return the role of the location, or {@code null} if there is none
	 */
	public @Nullable LocationRole forcedTo() {
		return (this.forced != null) ? this.forced.location() : null;
	}

	/**
	 * Return since when calls have been forced there.
	 * @return the time, or {@code null} if they are not
	 */
	public @Nullable Instant forcedSince() {
		return (this.forced != null) ? this.forced.since().instant() : null;
	}

	/**
	 * Return when the forced route expires.
	 * @return the time, or {@code null} if an operator must release them
	 */
	public @Nullable Instant forcedUntil() {
		return (this.forced != null && this.forced.until() != null) ? this.forced.until().instant() : null;
	}

	/**
	 * Return the total time that calls did not go home first.
	 * @return the duration
	 */
	public Duration awayFromHome() {
		return this.awayFromHome;
	}

	/**
	 * Return the last switches of traffic and their outcome.
	 * @return the switches, the oldest first
	 */
	public List<SwitchRecord> recentSwitches() {
		return this.recentSwitches;
	}

	/**
	 * Return the last step of the last failback.
	 * @return the step, or {@code null} if there has been no failback
	 */
	public @Nullable FailbackProgressed lastFailback() {
		return this.lastFailback;
	}

	/**
	 * Return for how many keys calls stay away from home because their last write is not
	 * known to have arrived there.
	 * @return the number of keys
	 */
	public int heldKeys() {
		return this.heldKeys;
	}

	/**
	 * Return how many reads could currently get a second request at once.
	 * @return the number, or {@code null} if no client of the locations hedges
	 */
	public @Nullable Integer hedgeBudget() {
		return this.hedgeBudget;
	}

	/**
	 * Return whether no location is well.
	 * @return whether both are out or drained
	 */
	public boolean isAllOut() {
		return !this.primary.status().isWell() && !this.secondary.status().isWell();
	}

}
