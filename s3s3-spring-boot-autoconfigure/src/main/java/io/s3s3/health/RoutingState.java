package io.s3s3.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.health.FailbackProgressed.Phase;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Where calls go, until the next change. Immutable.
 *
 * @param home home
 * @param order the order for most calls
 * @param returning the percentage of calls that go home first although most do not
 * @param forced whether an operator has chosen the location that calls go to first
 * @param deadline when the passage of time may change the route, or {@code null} if never
 */
record RoutingState(LocationRole home, List<LocationRole> order, int returning, boolean forced,
		@Nullable Timestamp deadline) {

	private static final int SPREAD = 0x9E3779B9;

	/**
	 * Decide where calls go: a pure function.
	 * @param home the health of home
	 * @param other the health of the other location
	 * @param forced the location that calls are forced to, or {@code null} if they are
	 * not
	 * @param current the location that calls go to first so far
	 * @param deadline when to decide again
	 * @return the route
	 */
	static RoutingState decide(LocationHealth home, LocationHealth other, @Nullable LocationRole forced,
			LocationRole current, @Nullable Timestamp deadline) {
		boolean alone = home.status() == LocationStatus.DRAINED || other.status() == LocationStatus.DRAINED;
		LocationRole first = (forced != null) ? forced : firstOf(home, other, current);
		int returning = (home.status() == LocationStatus.RAMPING && forced == null) ? home.state().rampPercent() : 0;
		return new RoutingState(home.role(), order(first, alone), returning, forced != null, deadline);
	}

	private static LocationRole firstOf(LocationHealth home, LocationHealth other, LocationRole current) {
		return switch (home.status()) {
			case UP -> home.role();
			case RAMPING, RECOVERED, DRAINED -> other.role();
			// If both are out, neither is the better guess.
			case OUT -> other.status().isWell() ? other.role()
					: (other.status() == LocationStatus.DRAINED) ? home.role() : current;
		};
	}

	private static List<LocationRole> order(LocationRole first, boolean alone) {
		return alone ? List.of(first) : List.of(first, first.other());
	}

	LocationRole first() {
		return this.order.get(0);
	}

	List<LocationRole> orderFor(@Nullable String key) {
		return (this.returning > 0 && returns(key)) ? order(this.home, this.order.size() == 1) : this.order;
	}

	// The same share of all keys in all instances of an application. Calls without a key,
	// such as listings, return last.
	private boolean returns(@Nullable String key) {
		return this.returning == 100 || (key != null && percentileOf(key) < this.returning);
	}

	private static int percentileOf(String key) {
		return ((key.hashCode() * SPREAD) >>> 16) % 100;
	}

	/**
	 * Return the events for how a failback differs from before.
	 * @param before the route before
	 * @param reason why the route changed
	 * @param time when it did
	 * @return the events, usually none
	 */
	List<FailbackProgressed> failbackSince(RoutingState before, SwitchReason reason, Instant time) {
		List<FailbackProgressed> told = new ArrayList<>();
		boolean goesOn = before.returning > 0 && this.returning > 0 && before.home == this.home;
		if (before.returning > 0 && !goesOn) {
			boolean back = first() == before.home;
			told.add(new FailbackProgressed(before.home, back ? Phase.COMPLETED : Phase.ABORTED, back ? 100 : 0, reason,
					time));
		}
		if (this.returning > 0 && !(goesOn && this.returning == before.returning)) {
			told.add(new FailbackProgressed(this.home, goesOn ? Phase.PROGRESSED : Phase.STARTED, this.returning,
					SwitchReason.FAILBACK, time));
		}
		return told;
	}

	boolean isDue(Ticker time) {
		return this.deadline != null && time.nanoTime() - this.deadline.nanos() >= 0;
	}

}
