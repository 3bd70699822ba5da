package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.s3s3.internal.health.HedgeFigures;
import io.s3s3.internal.health.UnconfirmedWrites;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how traffic moved between the locations, and notifies the listeners. Guarded
 * by the lock of the {@link TrafficDirector}.
 */
final class TrafficHistory {

	private static final int MAX_SWITCHES = 20;

	private final ListenerQueue notifications;

	private final Deque<SwitchRecord> switches = new ArrayDeque<>();

	/**
	 * The location that calls switched to, until it has served the first of them.
	 */
	private volatile @Nullable LocationRole awaited;

	private @Nullable FailbackProgressed lastFailback;

	/** How long calls were away from home, except for the current absence. */
	private Duration away = Duration.ZERO;

	private @Nullable Timestamp awaySince;

	private UnconfirmedWrites writes = new NoUnconfirmedWrites();

	/** {@code null} if no client hedges. */
	private @Nullable HedgeFigures hedges;

	TrafficHistory(ListenerQueue notifications) {
		this.notifications = notifications;
	}

	void track(UnconfirmedWrites writes) {
		this.writes = writes;
	}

	UnconfirmedWrites writes() {
		return this.writes;
	}

	void track(HedgeFigures hedges) {
		this.hedges = hedges;
	}

	@Nullable HedgeFigures hedges() {
		return this.hedges;
	}

	void replicated(LocationRole to, @Nullable Duration lag, Timestamp now) {
		if (lag != null) {
			this.notifications.add((listener) -> listener.onReplicated(to, lag));
			this.writes.replicated(to, lag);
		}
		if (this.writes.at(to.other()) > 0) {
			return;
		}
		this.switches.stream()
			.filter((past) -> past.move().getFrom() == to.other() && past.confirmed() == null)
			.toList()
			.forEach((past) -> replace(past, past.confirmedAt(now.instant())));
	}

	void add(TrafficSwitched move, @Nullable Duration detection) {
		if (this.switches.size() == MAX_SWITCHES) {
			this.switches.removeFirst();
		}
		Instant confirmed = (move.getUnconfirmedWrites() == 0) ? move.getTime() : null;
		this.switches.addLast(new SwitchRecord(move, detection, null, confirmed));
		this.awaited = move.getTo();
		this.notifications.add(move);
		if (confirmed == null) {
			this.writes.left(move.getFrom());
		}
	}

	/**
	 * Return whether a call served by a location is the first since calls switched there.
	 * May be called without the lock.
	 */
	boolean awaits(LocationRole location) {
		return this.awaited == location;
	}

	void served(LocationRole location, Timestamp now) {
		SwitchRecord last = this.switches.peekLast();
		if (last != null && awaits(location)) {
			this.awaited = null;
			replace(last, last.servedAt(now.instant()));
		}
	}

	private void replace(SwitchRecord before, SwitchRecord after) {
		List<SwitchRecord> all = List.copyOf(this.switches);
		this.switches.clear();
		all.forEach((past) -> this.switches.addLast((past == before) ? after : past));
	}

	void add(FailbackProgressed progress) {
		this.lastFailback = progress;
		this.notifications.add(progress);
	}

	void noteWhetherAway(boolean isAway, Timestamp now) {
		this.away = awayUntil(now);
		this.awaySince = isAway ? now : null;
	}

	Duration awayUntil(Timestamp now) {
		return (this.awaySince != null) ? this.away.plus(this.awaySince.until(now)) : this.away;
	}

	List<SwitchRecord> switches() {
		return List.copyOf(this.switches);
	}

	@Nullable FailbackProgressed lastFailback() {
		return this.lastFailback;
	}

}
