package io.s3s3.health;

import java.time.Duration;
import java.util.List;

import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A director in manual time, and what is reported to it in one line each.
 */
final class DirectedTraffic {

	final ManualTime time = new ManualTime();

	final RecordingListener listener = new RecordingListener();

	final TrafficDirector director;

	DirectedTraffic() {
		this(settings().build());
	}

	DirectedTraffic(HealthSettings settings) {
		this.director = new TrafficDirector(settings, List.of(this.listener), this.time, () -> 0);
		// Probes decide, so that the passing of time does not.
		this.director.update((pair, now) -> pair.probing(true));
	}

	/**
	 * Create a builder of settings with a failback without jitter: after 30 s, with steps
	 * of 10 s.
	 */
	static HealthSettings.Builder settings() {
		return HealthSettings.builder()
			.holdDown(Duration.ofSeconds(30), Duration.ofMinutes(4), Duration.ofMinutes(10))
			.ramp(List.of(1, 10, 50))
			.jitter(0);
	}

	long now() {
		return this.time.nanoTime();
	}

	void pass(Duration duration) {
		this.time.pass(duration);
		this.director.route();
	}

	void passSeconds(int seconds) {
		pass(Duration.ofSeconds(seconds));
	}

	void succeed(LocationRole role) {
		succeed(role, Duration.ZERO, null);
	}

	void succeed(LocationRole role, Duration duration, @Nullable String subject) {
		this.director.succeeded(new Attempt(role, now() - duration.toNanos(), duration, subject));
	}

	void fail(LocationRole role, @Nullable String subject) {
		failSince(now(), role, subject);
	}

	void failSince(long started, LocationRole role, @Nullable String subject) {
		report(new Attempt(role, started, Duration.ofNanos(now() - started), subject));
	}

	void report(Attempt failed) {
		this.director.failed(failed, "server-error");
	}

	void probe(LocationRole role, ProbeResult result) {
		probeSince(now(), role, result);
	}

	void probeSince(long started, LocationRole role, ProbeResult result) {
		Duration duration = Duration.ofNanos(now() - started);
		this.director.update((pair, now) -> pair
			.probed(new ProbeReport(role, result, null, duration, this.time.instant()), started, now));
	}

	void takeOut(LocationRole role) {
		passSeconds(1);
		for (int i = 0; i < HealthSettings.DEFAULTS.circuit().consecutiveFailures(); i++) {
			fail(role, null);
		}
		if (status(role) != LocationStatus.OUT) {
			throw new AssertionError(role + " is " + status(role));
		}
	}

	void recover(LocationRole role) {
		probe(role, ProbeResult.SUCCESS);
		probe(role, ProbeResult.SUCCESS);
	}

	// As far as the status asked for: up, out, recovered or ramping.
	void bringTo(LocationRole role, LocationStatus status) {
		if (status != LocationStatus.UP) {
			takeOut(role);
		}
		if (status == LocationStatus.RECOVERED || status == LocationStatus.RAMPING) {
			recover(role);
		}
		if (status == LocationStatus.RAMPING) {
			pass(Duration.ofSeconds(30));
		}
		if (status(role) != status) {
			throw new AssertionError(role + " is " + status(role));
		}
		this.listener.take();
	}

	LocationStatus status(LocationRole role) {
		return this.director.status().get(role).status();
	}

	StatusReason reason(LocationRole role) {
		return this.director.status().get(role).reason();
	}

}
