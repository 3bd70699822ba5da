package io.s3s3.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a call along its route. When the locations of a round have failed, the next
 * round tries those again whose failures may be transient. Not thread-safe.
 */
final class RouteWalk {

	private List<Location> round;

	/** How many locations of the round were tried. */
	private int asked;

	private int rounds = 1;

	private Location current;

	/** Whether a location that was left for the other one is tried once more. */
	private boolean cameBack;

	/** Whether a location has throttled the call. */
	private boolean throttled;

	/** When the first round ended. */
	private long firstRoundEnded;

	/** All locations that have been on the route. */
	private List<Location> known;

	/** The locations of this round to try again in the next. */
	private List<Location> again = List.of();

	RouteWalk(List<Location> locations) {
		this.round = locations;
		this.known = locations;
		this.current = locations.get(0);
	}

	/**
	 * Return the walk of a call whose first attempt was made elsewhere.
	 * @param broken where that attempt was made
	 * @param route the locations that may be tried
	 * @return the walk, which ends with the location of the first attempt, if it is on
	 * the route
	 */
	static RouteWalk after(Location broken, List<Location> route) {
		List<Location> locations = new ArrayList<>(route);
		if (locations.remove(broken)) {
			locations.add(broken);
		}
		RouteWalk walk = new RouteWalk(locations);
		walk.current = broken;
		return walk;
	}

	/**
	 * Return where the last attempt went, or the first will go.
	 * @return the location
	 */
	Location current() {
		return this.current;
	}

	boolean hasNext() {
		return this.asked < this.round.size();
	}

	Location next() {
		this.current = this.round.get(this.asked++);
		return this.current;
	}

	/**
	 * Try a location once more in this round, after all others.
	 */
	void append(Location location) {
		List<Location> longer = new ArrayList<>(left());
		longer.add(location);
		this.round = longer;
		this.asked = 0;
	}

	/**
	 * Try a location once more after all others, if there are any: it was left because
	 * they might do better, not for a fault of its own. Once per call.
	 */
	void comeBackTo(Location location) {
		if (!this.cameBack && hasNext()) {
			this.cameBack = true;
			append(location);
		}
	}

	/**
	 * Return the locations that another round would try.
	 */
	List<Location> again() {
		return this.again;
	}

	/**
	 * Return whether any of the remaining locations matches.
	 */
	boolean anyLeft(Predicate<Location> wanted) {
		for (int next = this.asked; next < this.round.size(); next++) {
			if (wanted.test(this.round.get(next))) {
				return true;
			}
		}
		return false;
	}

	List<Location> left() {
		return this.round.subList(this.asked, this.round.size());
	}

	/**
	 * Follow another route from here on. A location that is no longer on it is not tried;
	 * one that is newly on it comes last.
	 */
	void reroute(List<Location> route) {
		List<Location> left = new ArrayList<>(left());
		left.retainAll(route);
		List<Location> known = new ArrayList<>(this.known);
		for (Location location : route) {
			if (!known.contains(location)) {
				known.add(location);
				left.add(location);
			}
		}
		this.known = known;
		this.round = left;
		this.asked = 0;
		if (!this.again.isEmpty()) {
			this.again.retainAll(route);
		}
	}

	/**
	 * Record that a location of this round failed.
	 * @param location the location
	 * @param again whether the next round may try it again
	 * @param throttled whether it throttled the call
	 */
	void failed(Location location, boolean again, boolean throttled) {
		this.throttled |= throttled;
		if (again) {
			List<Location> longer = new ArrayList<>(this.again);
			longer.add(location);
			this.again = longer;
		}
	}

	/**
	 * Begin another round after a wait, as a plain client of the SDK would, if there are
	 * locations whose failures may be transient, and enough time.
	 * @param retry decides whether there is another round
	 * @param allowed whether the call has time for a wait
	 * @param now the time
	 * @return how long to wait, or {@code null} if there is no other round
	 */
	@Nullable Duration nextRound(RetryRounds retry, Predicate<Duration> allowed, long now) {
		if (this.again.isEmpty()) {
			return null;
		}
		if (this.rounds == 1) {
			this.firstRoundEnded = now;
		}
		Duration elapsed = Duration.ofNanos(now - this.firstRoundEnded);
		Duration wait = retry.next(this.rounds, elapsed, this.throttled, allowed);
		if (wait != null) {
			this.round = this.again;
			this.again = List.of();
			this.asked = 0;
			this.rounds++;
		}
		return wait;
	}

	/**
	 * Return the number of the round.
	 * @return the number, 1 for the first
	 */
	int rounds() {
		return this.rounds;
	}

}
