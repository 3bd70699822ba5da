package io.s3s3.health;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The health of both locations, and the route that follows from it. Guarded by the lock
 * of the {@link TrafficDirector}; only the route and the states of the locations may be
 * read without it.
 */
final class PairState {

	private final HealthRules rules;

	private final ListenerQueue notifications;

	private final LocationHealth primary;

	private final LocationHealth secondary;

	private final ProbeTimes probeTimes;

	private final TrafficHistory history;

	private @Nullable Forced forced;

	private @Nullable Timestamp allOutSince;

	private boolean probing;

	private boolean firstWasWell = true;

	private volatile RoutingState route;

	PairState(HealthRules rules, ListenerQueue notifications, Timestamp now) {
		this.rules = rules;
		this.notifications = notifications;
		this.probeTimes = new ProbeTimes(rules.slowedBy(), rules.settings().probe().interval());
		this.history = new TrafficHistory(notifications);
		this.primary = new LocationHealth(LocationRole.PRIMARY, UpState.assumed(rules, now), notifications);
		this.secondary = new LocationHealth(LocationRole.SECONDARY, UpState.assumed(rules, now), notifications);
		this.route = RoutingState.decide(this.primary, this.secondary, null, LocationRole.PRIMARY, null);
	}

	RoutingState route() {
		return this.route;
	}

	LocationHealth health(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primary : this.secondary;
	}

	LocationHealth otherThan(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.secondary : this.primary;
	}

	@Nullable Forced forced() {
		return this.forced;
	}

	void force(@Nullable Forced forced) {
		Assert.state(forced == null || health(forced.location()).status() != LocationStatus.DRAINED,
				"Calls can't be forced to a location that is drained");
		this.forced = forced;
	}

	void expire(Timestamp now) {
		if (this.forced != null && this.forced.isOver(now)) {
			this.forced = null;
		}
	}

	void probing(boolean probing) {
		this.probing = probing;
	}

	void probed(ProbeReport report, long started, Timestamp now) {
		LocationHealth health = health(report.location());
		health.noteProbe(report);
		if (report.result() == ProbeResult.SUCCESS) {
			health.noteSuccess();
		}
		else if (report.result() == ProbeResult.FAILURE) {
			health.noteFailure(started);
		}
		this.notifications.add((listener) -> listener.onProbed(report));
		boolean slow = report.result() == ProbeResult.SUCCESS && showsSlowdown(health, report, now);
		health.changeTo(health.state().probed(report.result(), slow, started, now), now);
	}

	// A location that is up and whose calls take their usual time is not suspected.
	private boolean showsSlowdown(LocationHealth health, ProbeReport report, Timestamp now) {
		this.probeTimes.add(report.location(), report.duration().toNanos(), now);
		boolean up = health.status() == LocationStatus.UP;
		if (up && !health.latency().isSuspicious()) {
			return false;
		}
		boolean slow = otherThan(health.role()).status().isWell() && this.probeTimes.showSlowdown(health.role(), now);
		if (up && !slow) {
			health.latency().acquit();
		}
		return slow;
	}

	/**
	 * Return whether a location is to be probed, for its own sake or to compare the other
	 * one with it.
	 */
	boolean needsProbe(LocationRole role) {
		return isCompared(otherThan(role)) || hasSuspicion()
				|| health(role).state().needsProbe(role == this.route.home());
	}

	// A location that is about to be found well again is judged by its latency too.
	private boolean isCompared(LocationHealth health) {
		ProbeReport last = health.lastProbe();
		return this.probeTimes.isOn() && health.status() != LocationStatus.UP
				&& health.status() != LocationStatus.DRAINED && last != null && last.result() == ProbeResult.SUCCESS;
	}

	boolean hasSuspicion() {
		return this.primary.status().isWell() && this.secondary.status().isWell()
				&& (this.primary.latency().isSuspicious() || this.secondary.latency().isSuspicious());
	}

	void drain(LocationRole role, Timestamp now) {
		Assert.state(otherThan(role).status() != LocationStatus.DRAINED,
				() -> "The %s location can't be drained: the %s location is drained already".formatted(role,
						role.other()));
		Assert.state(this.forced == null || this.forced.location() != role,
				() -> "The %s location can't be drained: calls are forced to it".formatted(role));
		LocationHealth health = health(role);
		if (health.status() != LocationStatus.DRAINED) {
			health.changeTo(new DrainedState(health.state(), now), now);
		}
	}

	// A location that comes back is tried step by step, or is up at once if it is not
	// home.
	void undrain(LocationRole role, Timestamp now) {
		LocationHealth health = health(role);
		if (health.status() == LocationStatus.DRAINED) {
			startRamp(health, now);
		}
	}

	void failBack(Timestamp now) {
		LocationHealth home = health(this.route.home());
		if (home.status() == LocationStatus.OUT || home.status() == LocationStatus.RECOVERED) {
			startRamp(home, now);
		}
	}

	void reset(Timestamp now) {
		for (LocationHealth health : List.of(this.primary, this.secondary)) {
			health.latency().forget();
			if (health.status() != LocationStatus.DRAINED) {
				health.changeTo(UpState.reset(this.rules, now), now);
			}
		}
	}

	private void startRamp(LocationHealth health, Timestamp now) {
		health.changeTo(RampingState.start(health.state(), this.rules.circuitOnTrial(), StatusReason.OPERATOR, now),
				now);
	}

	/**
	 * Draw all conclusions from what happened.
	 * @param forcedBefore the route that was forced before it happened
	 * @param now when it happened
	 */
	void conclude(@Nullable Forced forcedBefore, Timestamp now) {
		LocationRole home = decideHome();
		boolean changed;
		do {
			// The state of one location may depend on that of the other.
			changed = settle(this.primary, this.secondary, home, now);
			changed |= settle(this.secondary, this.primary, home, now);
		}
		while (changed);
		reroute(home, forcedBefore, now);
		noteWhetherAllOut(now);
	}

	TrafficHistory history() {
		return this.history;
	}

	private boolean settle(LocationHealth health, LocationHealth other, LocationRole home, Timestamp now) {
		PairContext around = new PairContext(health.role() == home, other.status().isWell(), this.probing);
		return health.changeTo(health.state().settle(around, now), now);
	}

	private LocationRole decideHome() {
		if (this.forced != null) {
			return this.forced.location();
		}
		return (this.primary.status() == LocationStatus.DRAINED) ? LocationRole.SECONDARY : LocationRole.PRIMARY;
	}

	private void reroute(LocationRole home, @Nullable Forced forcedBefore, Timestamp now) {
		RoutingState before = this.route;
		LocationRole from = before.first();
		this.route = RoutingState.decide(health(home), otherThan(home),
				(this.forced != null) ? this.forced.location() : null, from, nextDeadline(now));
		LocationRole to = this.route.first();
		SwitchReason reason = (to != from) ? reasonToSwitch(from, to, forcedBefore) : reasonToStay(before);
		if (to != from) {
			Duration detection = health(from).status().isWell() ? null : health(from).failingFor(now);
			this.history.add(new TrafficSwitched(from, to, reason, this.history.writes().at(from), now.instant()),
					detection);
		}
		this.route.failbackSince(before, reason, now.instant()).forEach(this.history::add);
		this.firstWasWell = health(to).status().isWell();
		this.history.noteWhetherAway(to != home, now);
	}

	// Why a failback continues or ends although the first location is the same as before.
	private SwitchReason reasonToStay(RoutingState before) {
		if (this.forced != null) {
			return SwitchReason.FORCED;
		}
		LocationState home = health(before.home()).state();
		return home.status().isWell() ? SwitchReason.FAILBACK : home.reason().reasonToLeave();
	}

	private SwitchReason reasonToSwitch(LocationRole from, LocationRole to, @Nullable Forced before) {
		if (this.forced != null) {
			return SwitchReason.FORCED;
		}
		if (before != null) {
			return SwitchReason.RELEASED;
		}
		LocationState left = health(from).state();
		if (!left.status().isWell()) {
			return this.firstWasWell ? left.reason().reasonToLeave() : SwitchReason.RECOVERED;
		}
		return (health(to).state().reason() == StatusReason.OPERATOR) ? SwitchReason.RESET : SwitchReason.FAILBACK;
	}

	private void noteWhetherAllOut(Timestamp now) {
		boolean allOut = !this.primary.status().isWell() && !this.secondary.status().isWell();
		Timestamp since = this.allOutSince;
		if (allOut && since == null) {
			this.allOutSince = now;
			this.notifications.add(new AllLocationsOut(now.instant()));
		}
		else if (!allOut && since != null) {
			this.allOutSince = null;
			this.notifications.add(new LocationAvailableAgain(since.instant(), now.instant()));
		}
	}

	private @Nullable Timestamp nextDeadline(Timestamp now) {
		Timestamp next = null;
		Timestamp expiry = (this.forced != null) ? this.forced.until() : null;
		for (Timestamp deadline : Arrays.asList(this.primary.state().deadline(), this.secondary.state().deadline(),
				expiry)) {
			if (deadline != null && now.isBefore(deadline) && (next == null || deadline.isBefore(next))) {
				next = deadline;
			}
		}
		return next;
	}

}
