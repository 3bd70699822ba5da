package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * Probes one location repeatedly, as long as there is a reason to. Not thread-safe: one
 * thread makes its steps, so that probes never overlap.
 */
final class ProbeLoop {

	private static final double JITTER = 0.2;

	/**
	 * How often to check whether a probe is needed, and to probe a suspected location.
	 */
	private static final Duration SOON = Duration.ofSeconds(1);

	private final LocationRole role;

	private final Prober prober;

	private final TrafficDirector director;

	ProbeLoop(LocationRole role, Prober prober, TrafficDirector director) {
		this.role = role;
		this.prober = prober;
		this.director = director;
	}

	/**
	 * Probe if there is a reason to.
	 * @return how long to wait before the next step: the interval, or less if there was
	 * no reason to probe or the next probe is urgent, give or take a fifth
	 */
	Duration step() {
		this.director.route();
		boolean needed = this.director.needsProbe(this.role);
		if (needed) {
			this.prober.probe(this.role);
		}
		return pause(this.director, needed);
	}

	static Duration pause(TrafficDirector director, boolean needed) {
		boolean whole = needed && !director.hasSuspicion();
		HealthRules rules = director.rules();
		double factor = 1 + JITTER * (2 * rules.random().getAsDouble() - 1);
		long interval = rules.settings().probe().interval().toNanos();
		return Duration.ofNanos((long) ((whole ? interval : Math.min(interval, SOON.toNanos())) * factor));
	}

}
