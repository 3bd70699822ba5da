package io.s3s3.location;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the locations and tells the director what came of it. Thread-safe.
 */
final class Prober {

	private static final Logger logger = LoggerFactory.getLogger(Prober.class);

	private final LocationPair locations;

	private final HealthProbe probe;

	private final TrafficDirector director;

	private volatile boolean muted;

	Prober(LocationPair locations, HealthProbe probe, TrafficDirector director) {
		this.locations = locations;
		this.probe = probe;
		this.director = director;
	}

	// A probe that is cut short because all ends here tells nothing.
	void mute(boolean muted) {
		this.muted = muted;
	}

	// One probe of a location at a time, whoever asks for it.
	ProbeReport probe(LocationRole role) {
		ReentrantLock lock = this.director.probeLock(role);
		lock.lock();
		try {
			ProbeReport report = ask(role);
			if (!this.muted) {
				this.director.update((pair, now) -> pair.probed(report, now));
			}
			return report;
		}
		finally {
			lock.unlock();
		}
	}

	private ProbeReport ask(LocationRole role) {
		TimeSource time = this.director.time();
		long started = time.nanoTime();
		ProbeResult result = resultAt(this.locations.get(role));
		return new ProbeReport(role, result, Duration.ofNanos(time.nanoTime() - started), time.instant());
	}

	private ProbeResult resultAt(Location location) {
		try {
			return this.probe.probe(location);
		}
		catch (RuntimeException ex) {
			logger.debug("The probe of the {} location failed: {}", location.role(), ex.getClass().getSimpleName());
			return ProbeResult.FAILURE;
		}
	}

}
