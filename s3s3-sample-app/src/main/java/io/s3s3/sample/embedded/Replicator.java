package io.s3s3.sample.embedded;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Simulates, for this demonstration, what S3 replicates between two real buckets: while
 * both locations are up, it copies writes and deletions both ways, and after an outage it
 * catches up. The newest write wins, as precisely as looking every {@value #PERIOD} ms
 * allows. It compares listings, so it suits few objects, each stored in one part; new
 * metadata alone is not copied. An object that cannot be copied does not hold up the
 * others. Thread-safe.
 */
class Replicator {

	static final long PERIOD = 200;

	/**
	 * How often in a row something must fail before it is logged, once: copying an object
	 * that the application is writing at the same time fails too, and succeeds in the
	 * next round.
	 */
	static final int NOTEWORTHY = 3;

	private static final Log logger = LogFactory.getLog(Replicator.class);

	/** Guarded by "this". */
	private final Replica primary;

	/** Guarded by "this". */
	private final Replica secondary;

	/** Of listings; guarded by "this". */
	private final Setbacks looks;

	/** Of copies; guarded by "this". */
	private final Setbacks copies;

	Replicator(EmbeddedPair pair, Clock clock) {
		this.primary = new Replica(pair.primary(), clock);
		this.secondary = new Replica(pair.secondary(), clock);
		this.looks = new Setbacks(clock);
		this.copies = new Setbacks(clock);
	}

	/**
	 * Look at the locations that are up and, if both are, make them hold the same.
	 */
	@Scheduled(fixedDelay = PERIOD, timeUnit = TimeUnit.MILLISECONDS)
	synchronized void replicate() {
		boolean seen = look(this.primary) & look(this.secondary);
		if (!seen) {
			return;
		}
		Set<String> keys = new HashSet<>(this.primary.keys());
		keys.addAll(this.secondary.keys());
		this.copies.forgetAllBut(keys);
		int setAside = 0;
		for (String key : keys) {
			if (!this.primary.isUp() || !this.secondary.isUp()) {
				return;
			}
			setAside += settle(key) ? 0 : 1;
		}
		if (setAside > 0) {
			logger.warn("%d objects cannot be replicated and are set aside".formatted(setAside));
		}
	}

	/**
	 * Look at a location, if it is up.
	 * @param replica the location
	 * @return whether its content is known now, or was known when it went down
	 */
	private boolean look(Replica replica) {
		if (!replica.isUp()) {
			return true;
		}
		if (!this.looks.mayTry(replica.name(), Version.NONE)) {
			return false;
		}
		try {
			replica.look();
			this.looks.succeeded(replica.name());
			return true;
		}
		catch (RuntimeException ex) {
			logger.debug("A listing failed", ex);
			if (this.looks.failed(replica.name(), Version.NONE) == NOTEWORTHY) {
				logger.warn("%s cannot be listed, so nothing is replicated: %s".formatted(replica.name(),
						ex.getClass().getSimpleName()));
			}
			return false;
		}
	}

	/**
	 * Make both locations hold the newest version of an object.
	 * @param key its key
	 * @return false if that has failed too often by now
	 */
	private boolean settle(String key) {
		Version first = this.primary.version(key);
		Version second = this.secondary.version(key);
		if (first.isDeletion() && second.isDeletion()) {
			this.primary.forget(key);
			this.secondary.forget(key);
			return true;
		}
		if (first.hasContentOf(second)) {
			return true;
		}
		return second.isNewerThan(first) ? copy(key, this.secondary, this.primary)
				: copy(key, this.primary, this.secondary);
	}

	private boolean copy(String key, Replica source, Replica target) {
		Version version = source.version(key);
		if (!this.copies.mayTry(key, version)) {
			return true;
		}
		try {
			target.copyFrom(source, key);
			this.copies.succeeded(key);
			return true;
		}
		catch (RuntimeException ex) {
			logger.debug("An object is copied in a later round", ex);
			return this.copies.failed(key, version) != NOTEWORTHY;
		}
	}

}
