package io.s3s3.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how traffic moved between the locations, and tells the listeners. Guarded by
 * the lock of the {@link TrafficDirector}.
 */
final class TrafficHistory {

	private static final int MAX_SWITCHES = 20;

	private final ListenerQueue notifications;

	private final Deque<TrafficSwitched> switches = new ArrayDeque<>();

	private @Nullable FailbackProgressed lastFailback;

	/** For how long calls were away from home, but for the time since they left. */
	private Duration away = Duration.ZERO;

	private @Nullable Timestamp awaySince;

	private UnconfirmedWrites writes = new NoUnconfirmedWrites();

	/** {@code null} if nobody hedges. */
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

	void replicated(LocationRole to, Duration lag) {
		this.notifications.add((listener) -> listener.onReplicated(to, lag));
	}

	void add(TrafficSwitched move) {
		if (this.switches.size() == MAX_SWITCHES) {
			this.switches.removeFirst();
		}
		this.switches.addLast(move);
		this.notifications.add(move);
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

	List<TrafficSwitched> switches() {
		return List.copyOf(this.switches);
	}

	@Nullable FailbackProgressed lastFailback() {
		return this.lastFailback;
	}

}
