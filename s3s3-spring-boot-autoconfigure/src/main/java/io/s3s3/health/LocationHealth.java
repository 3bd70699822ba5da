package io.s3s3.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * The health of one location: its state, and what else is worth remembering. Written
 * under the lock of the {@link TrafficDirector}; the state may be read without it.
 */
final class LocationHealth {

	private static final int MAX_ERRORS = 10;

	private final LocationRole role;

	private final ListenerQueue notifications;

	private final Deque<LocationSnapshot.Error> errors = new ArrayDeque<>();

	private final LatencyWatch latency;

	private @Nullable ProbeReport lastProbe;

	private volatile LocationState state;

	/** Since when it has been failing, by nanoTime; null if it is not. */
	private volatile @Nullable Long failingSince;

	/** When it went out because nobody answered; null if it did not. */
	private volatile @Nullable Long silentSince;

	LocationHealth(LocationRole role, LocationState state, ListenerQueue notifications) {
		this.latency = new LatencyWatch(state.rules().slowedBy());
		this.role = role;
		this.state = state;
		this.notifications = notifications;
	}

	LocationRole role() {
		return this.role;
	}

	LatencyWatch latency() {
		return this.latency;
	}

	LocationState state() {
		return this.state;
	}

	LocationStatus status() {
		return this.state.status();
	}

	boolean changeTo(LocationState next, Timestamp now) {
		if (next == this.state) {
			return false;
		}
		transitionTo(next, now);
		return true;
	}

	/**
	 * Change to the state that follows when the circuit has opened.
	 * @param silent whether it opened because nobody answered
	 */
	void goOut(LocationState next, boolean silent, Timestamp now) {
		if (changeTo(next, now) && silent) {
			this.silentSince = now.nanos();
		}
	}

	/**
	 * Return whether it went out after a point of time because nobody answered.
	 */
	boolean isSilentSince(long time) {
		Long since = this.silentSince;
		return since != null && time - since < 0;
	}

	/**
	 * Change the state; nothing else does. Listeners are not told of the steps of a ramp.
	 */
	private void transitionTo(LocationState next, Timestamp now) {
		LocationState before = this.state;
		this.state = next;
		this.silentSince = null;
		if (next.status() != before.status()) {
			this.notifications.add(new LocationStatusChanged(this.role, before, next, causeOf(next), now.instant()));
		}
	}

	private @Nullable String causeOf(LocationState state) {
		return switch (state.reason()) {
			case PROBES_FAILED -> (this.lastProbe != null) ? this.lastProbe.cause() : null;
			case CONSECUTIVE_FAILURES, FAILURE_RATE, THROTTLED, TRIAL_FAILED -> lastError();
			default -> null;
		};
	}

	private @Nullable String lastError() {
		synchronized (this.errors) {
			LocationSnapshot.Error last = this.errors.peekLast();
			return (last != null) ? last.cause() : null;
		}
	}

	/**
	 * Record that an attempt or a probe succeeded.
	 */
	void noteSuccess() {
		if (this.failingSince != null) {
			this.failingSince = null;
		}
	}

	/**
	 * Record that an attempt or a probe failed.
	 * @param started when it began, by nanoTime
	 */
	void noteFailure(long started) {
		Long since = this.failingSince;
		if (since == null || started - since < 0) {
			this.failingSince = started;
		}
	}

	/**
	 * Return for how long it has been failing.
	 * @return the time, or {@code null} if it is not known to fail
	 */
	@Nullable Duration failingFor(Timestamp now) {
		Long since = this.failingSince;
		return (since != null) ? Duration.ofNanos(now.nanos() - since) : null;
	}

	void noteError(LocationSnapshot.Error error) {
		synchronized (this.errors) {
			if (this.errors.size() == MAX_ERRORS) {
				this.errors.removeFirst();
			}
			this.errors.addLast(error);
		}
	}

	void noteProbe(ProbeReport report) {
		this.lastProbe = report;
	}

	List<LocationSnapshot.Error> errors() {
		synchronized (this.errors) {
			return List.copyOf(this.errors);
		}
	}

	@Nullable ProbeReport lastProbe() {
		return this.lastProbe;
	}

}
