package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * Probes one location again and again, as long as there is a reason to. Not thread-safe:
 * one thread at a time makes its steps, so that probes never overlap.
 */
final class ProbeLoop {

	private static final double JITTER = 0.2;

	private final LocationRole role;

	private final Prober prober;

	private final TrafficDirector director;

	ProbeLoop(LocationRole role, Prober prober, TrafficDirector director) {
		this.role = role;
		this.prober = prober;
		this.director = director;
	}

	/**
	 * Return how long to wait before the next step: the interval, give or take a fifth.
	 */
	Duration step() {
		this.director.route();
		if (this.director.needsProbe(this.role)) {
			this.prober.probe(this.role);
		}
		HealthRules rules = this.director.rules();
		double factor = 1 + JITTER * (2 * rules.random().getAsDouble() - 1);
		return Duration.ofNanos((long) (rules.settings().probe().interval().toNanos() * factor));
	}

}
