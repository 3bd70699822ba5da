package io.s3s3.sample.embedded;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import software.amazon.awssdk.core.exception.SdkException;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Simulates, for this demonstration, what S3 replicates between two real buckets: while
 * both locations are up, it copies writes and deletions both ways, and after an outage it
 * catches up. The newest write wins, as exactly as a look every {@value #PERIOD} ms can
 * tell. It compares listings, so it suits few objects, each stored in one part; new
 * metadata alone is not copied. Thread-safe.
 */
class Replicator {

	static final long PERIOD = 200;

	private static final Log logger = LogFactory.getLog(Replicator.class);

	/** Guarded by "this". */
	private final Replica primary;

	/** Guarded by "this". */
	private final Replica secondary;

	Replicator(EmbeddedPair pair, Clock clock) {
		this.primary = new Replica(pair.primary(), clock);
		this.secondary = new Replica(pair.secondary(), clock);
	}

	/**
	 * Look at the locations that are up and, if both are, make them hold the same.
	 */
	@Scheduled(fixedDelay = PERIOD, timeUnit = TimeUnit.MILLISECONDS)
	synchronized void replicate() {
		look(this.primary);
		look(this.secondary);
		Set<String> keys = new HashSet<>(this.primary.keys());
		keys.addAll(this.secondary.keys());
		for (String key : keys) {
			if (!this.primary.isUp() || !this.secondary.isUp()) {
				return;
			}
			settle(key);
		}
	}

	private static void look(Replica replica) {
		if (replica.isUp()) {
			replica.look();
		}
	}

	private void settle(String key) {
		Version first = this.primary.version(key);
		Version second = this.secondary.version(key);
		if (first.isDeletion() && second.isDeletion()) {
			this.primary.forget(key);
			this.secondary.forget(key);
		}
		else if (!first.hasContentOf(second)) {
			boolean back = second.isNewerThan(first);
			copy(key, back ? this.secondary : this.primary, back ? this.primary : this.secondary);
		}
	}

	private static void copy(String key, Replica source, Replica target) {
		try {
			target.copyFrom(source, key);
		}
		catch (SdkException ex) {
			// The application changed the object meanwhile: the next look sees how.
			logger.debug("An object is copied in the next round", ex);
		}
	}

}
