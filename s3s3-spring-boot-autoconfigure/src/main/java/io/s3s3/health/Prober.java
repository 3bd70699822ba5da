package io.s3s3.health;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.s3s3.internal.text.ErrorCode;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

import org.springframework.core.NestedExceptionUtils;

/**
 * Probes the locations and reports the results to the director. Thread-safe.
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

	/**
	 * Report nothing from now on: a probe that is cut short by the shutdown says nothing
	 * about its location.
	 */
	void mute() {
		this.muted = true;
	}

	/**
	 * Probe a location. There is only one probe of a location at a time, whoever asks.
	 */
	ProbeReport probe(LocationRole role) {
		ReentrantLock lock = this.director.probeLock(role);
		lock.lock();
		try {
			long started = this.director.time().nanoTime();
			ProbeReport report = ask(role, started);
			if (!this.muted) {
				this.director.update((pair, now) -> pair.probed(report, started, now));
			}
			return report;
		}
		finally {
			lock.unlock();
		}
	}

	private ProbeReport ask(LocationRole role, long started) {
		Ticker time = this.director.time();
		ProbeResult result;
		String cause = null;
		try {
			result = this.probe.probe(this.locations.get(role));
		}
		catch (AbortedException ex) {
			// Whoever asked for the probe gave up.
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.debug("The probe of the {} location failed: {}", role, Printable.of(ex));
			result = ProbeResult.FAILURE;
			cause = causeOf(ex);
		}
		return new ProbeReport(role, result, cause, Duration.ofNanos(time.nanoTime() - started), time.instant());
	}

	// The message of an error might contain secrets, its type does not.
	private static String causeOf(RuntimeException error) {
		if (error instanceof AwsServiceException answer) {
			String code = ErrorCode.of(answer);
			return (code != null) ? Printable.of(code) : "status " + answer.statusCode();
		}
		return NestedExceptionUtils.getMostSpecificCause(error).getClass().getSimpleName();
	}

}
