package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.s3s3.health.SimulatedLocation.Result;
import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls as the engine makes them: to the first location, and when that fails, to the
 * other. What the request may be to blame for is reported when the call ends, and not at
 * all if it failed alike at both.
 */
final class SimulatedCalls {

	/** Failures in a row that no circuit outlives, however they mix with throttles. */
	private static final int DETECTION = HealthSettings.DEFAULTS.circuit().consecutiveFailures();

	private final Simulation simulation;

	private final List<PastAttempt> attempts = new ArrayList<>();

	private final Map<LocationRole, Long> lastSuccess = new EnumMap<>(LocationRole.class);

	SimulatedCalls(Simulation simulation) {
		this.simulation = simulation;
	}

	void start(String key) {
		List<LocationRole> order = this.simulation.director().order(key);
		if (this.simulation.director().isRunning()) {
			checkNotStuck(order.get(0));
		}
		attempt(key, order.get(0), order, null);
	}

	private void attempt(String key, LocationRole role, List<LocationRole> order, @Nullable PastAttempt first) {
		long started = this.simulation.nanoTime();
		SimulatedLocation location = this.simulation.worldAt(role);
		Result result = location.callAt(started, key);
		this.simulation.after(location.latencyAt(started), () -> {
			PastAttempt attempt = new PastAttempt(key, role, started, this.simulation.nanoTime(), result);
			this.attempts.add(attempt);
			if (result != Result.SUCCESS && first == null && order.size() > 1) {
				reportUnless(result == Result.REQUEST_FAILURE, attempt);
				attempt(key, role.other(), order, attempt);
				return;
			}
			PastAttempt late = (first != null && first.result == Result.REQUEST_FAILURE) ? first : null;
			boolean alike = late != null && result == Result.REQUEST_FAILURE;
			reportUnless(alike, attempt);
			if (late != null) {
				reportUnless(alike, late);
			}
		});
	}

	private void reportUnless(boolean spared, PastAttempt past) {
		if (spared) {
			return;
		}
		TrafficDirector director = this.simulation.director();
		Attempt attempt = past.reported();
		switch (past.result) {
			case SUCCESS -> {
				this.lastSuccess.put(past.role, this.simulation.nanoTime());
				director.succeeded(attempt);
			}
			case THROTTLED -> director.throttled(attempt, "throttled");
			case FAILURE, REQUEST_FAILURE -> director.failed(attempt, "failure");
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
		if (this.simulation.operator().isSteering(since)) {
			return;
		}
		// What began before may still have succeeded after.
		List<PastAttempt> failures = since(Math.max(since, this.lastSuccess.getOrDefault(first, 0L)), first,
				Result.FAILURE);
		// What was seen before the other one went out does not count for its recovery.
		int successes = since(Math.max(since, changedAt(first.other())), first.other(), Result.SUCCESS).size();
		if (failures.size() >= DETECTION && successes >= DETECTION && failures.get(failures.size() - 1).started
				- failures.get(0).started > HealthSettings.DEFAULTS.circuit().withoutSuccess().toNanos()) {
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
	private record PastAttempt(String key, LocationRole role, long started, long ended, Result result) {

		Attempt reported() {
			return new Attempt(this.role, this.started, Duration.ofNanos(this.ended - this.started),
					(this.result == Result.FAILURE) ? null : this.key);
		}

	}

}
