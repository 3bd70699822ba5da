package io.s3s3.location;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.s3s3.location.SimulatedLocation.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls as the engine makes them: to the first location, and when that fails, to the
 * other.
 */
final class SimulatedCalls {

	/** Failures in a row that no circuit outlives, however they mix with throttles. */
	private static final int DETECTION = CircuitSettings.DEFAULTS.consecutiveFailures();

	private final Simulation simulation;

	private final List<PastAttempt> attempts = new ArrayList<>();

	private final Map<LocationRole, Long> lastSuccess = new EnumMap<>(LocationRole.class);

	SimulatedCalls(Simulation simulation) {
		this.simulation = simulation;
	}

	void start(String key) {
		TrafficOrder order = this.simulation.director().order(key);
		checkNotStuck(order.first());
		attempt(order.first(), order, true);
	}

	private void attempt(LocationRole role, TrafficOrder order, boolean mayFailOver) {
		long started = this.simulation.nanoTime();
		SimulatedLocation location = this.simulation.worldAt(role);
		Result result = location.callAt(started);
		this.simulation.after(location.latencyAt(started), () -> {
			this.attempts.add(new PastAttempt(role, started, this.simulation.nanoTime(), result));
			report(role, started, result);
			if (result != Result.SUCCESS && mayFailOver && !order.alone()) {
				attempt(role.other(), order, false);
			}
		});
	}

	private void report(LocationRole role, long started, Result result) {
		TrafficDirector director = this.simulation.director();
		Attempt attempt = new Attempt(role, started, Duration.ofNanos(this.simulation.nanoTime() - started), null);
		if (result == Result.SUCCESS) {
			this.lastSuccess.put(role, this.simulation.nanoTime());
			director.succeeded(attempt);
		}
		else if (result == Result.THROTTLED) {
			director.throttled(attempt, "throttled");
		}
		else {
			director.failed(attempt, "failure");
		}
	}

	// A location that is known to be dead is not tried first while the other one is known
	// to be well: but for a single trial, where no probe can tell.
	private void checkNotStuck(LocationRole first) {
		long now = this.simulation.nanoTime();
		SimulatedLocation dead = this.simulation.worldAt(first);
		SimulatedLocation well = this.simulation.worldAt(first.other());
		if (!dead.moodAt(now).isDead() || well.moodAt(now) != SimulatedLocation.Mood.WELL) {
			return;
		}
		long since = Math.max(dead.moodSince(now), well.moodSince(now));
		if (this.simulation.isSteered(since)) {
			return;
		}
		// What began before may still have succeeded after.
		List<PastAttempt> failures = since(Math.max(since, this.lastSuccess.getOrDefault(first, 0L)), first,
				Result.FAILURE);
		// What was seen before the other one went out does not count for its recovery.
		int successes = since(Math.max(since, changedAt(first.other())), first.other(), Result.SUCCESS).size();
		if (failures.size() >= DETECTION && successes >= DETECTION && failures.get(failures.size() - 1).started
				- failures.get(0).started > CircuitSettings.DEFAULTS.withoutSuccess().toNanos()) {
			LocationSnapshot snapshot = this.simulation.director().status().get(first);
			assertThat(this.simulation.canBeProbed(first)).as("%s is probed, and dead", first).isFalse();
			assertThat(snapshot.status()).as("%s is tried", first).isIn(LocationStatus.RAMPING, LocationStatus.UP);
			assertThat(since(changedAt(first), first, Result.FAILURE)).as("%s failed in its trial", first).isEmpty();
		}
	}

	private long changedAt(LocationRole role) {
		return Duration.between(Instant.EPOCH, this.simulation.director().status().get(role).since()).toNanos();
	}

	private List<PastAttempt> since(long time, LocationRole role, Result result) {
		List<PastAttempt> found = new ArrayList<>();
		for (int i = this.attempts.size() - 1; i >= 0 && this.attempts.get(i).ended >= time; i--) {
			PastAttempt attempt = this.attempts.get(i);
			if (attempt.role == role && attempt.result == result && attempt.started >= time) {
				found.add(0, attempt);
			}
		}
		return found;
	}

	/**
	 * An attempt that ended.
	 */
	private record PastAttempt(LocationRole role, long started, long ended, Result result) {

	}

}
