package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.consistency.Lookout.Arrival;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Asks the other location once for each write that home has taken, and that nobody has
 * seen there for long: so it is known before calls have to go there. Asks for at most 50
 * keys a second. Has a thread only while there is something that may become due.
 * Thread-safe.
 */
final class Horizon implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Horizon.class);

	/** How many keys are asked for at once, with a second between. */
	private static final int BATCH = 50;

	/** How often it looks for what is due before a write can be. */
	private static final int LOOKS = 15;

	/** How long a write may be known at one location only, in nanoseconds. */
	private final long nanos;

	private final AskedPair pair;

	private final Discoveries discoveries;

	private final Lookout lookout;

	private final Turns turns = new Turns("s3s3-horizon", this::ask, this::pause);

	/** The keys to ask for, the next one first; of the turns alone, as all below. */
	private final Deque<String> due = new ArrayDeque<>();

	/** What was written until then was asked for. */
	private long asked;

	private int seen;

	private int missing;

	private int denied;

	/** Whether it was told that something is missing, or cannot be seen. */
	private boolean told;

	/**
	 * Create a horizon.
	 * @param horizon how long a write may be known at one location only; zero to ask
	 * nobody
	 * @param pair the locations
	 * @param discoveries is told of what has not arrived
	 */
	Horizon(Duration horizon, AskedPair pair, Discoveries discoveries) {
		this.nanos = horizon.toNanos();
		this.pair = pair;
		this.discoveries = discoveries;
		this.lookout = new Lookout(pair.writes());
		this.asked = System.nanoTime() - this.nanos;
		if (horizon.isZero()) {
			this.turns.close();
		}
	}

	/**
	 * Note that something was written.
	 */
	void written() {
		this.turns.begin();
	}

	private long pause() {
		if (!this.due.isEmpty()) {
			return TimeUnit.SECONDS.toNanos(1);
		}
		boolean nothing = this.pair.writes().aloneAt(this.pair.home()) == 0;
		return nothing ? -1 : Math.max(TimeUnit.SECONDS.toNanos(1) / 10, this.nanos / LOOKS);
	}

	/**
	 * Ask for some of the keys that are due.
	 */
	private void ask() {
		LocationRole home = this.pair.home();
		Location target = this.pair.get(home.other());
		if (!this.pair.isWell(target.role())) {
			return;
		}
		if (this.due.isEmpty()) {
			long until = System.nanoTime() - this.nanos;
			this.due.addAll(this.pair.writes().aloneAt(home, this.asked, until));
			this.asked = until;
		}
		for (int left = BATCH; left > 0 && !this.due.isEmpty();) {
			String key = this.due.remove();
			KeyHistory history = this.pair.writes().of(key);
			if (history != null && history.isAloneAt(home)) {
				left--;
				note(look(key, history, target), key, target.role());
			}
		}
		if (this.due.isEmpty()) {
			report(target.role());
		}
	}

	/**
	 * Look for the last write of a key: later once more if the location is not reached.
	 */
	private Arrival look(String key, KeyHistory history, Location target) {
		try {
			return this.lookout.look(key, history, target);
		}
		catch (SdkClientException ex) {
			this.due.add(key);
			throw ex;
		}
	}

	private void note(Arrival arrival, String key, LocationRole target) {
		switch (arrival) {
			case SEEN -> this.seen++;
			case MISSING -> {
				this.missing++;
				this.discoveries.notReplicated(key, target);
			}
			case DENIED -> this.denied++;
			case UNKNOWN -> {
			}
		}
	}

	/**
	 * Tell what is missing, unless that was told since everything was there.
	 */
	private void report(LocationRole target) {
		if (this.seen > 0) {
			this.pair.director().replicated(target, null);
		}
		if (!this.told && this.missing > 0) {
			logger.warn(
					"Replication to the {} location is slow, does not work, or leaves something out: {} of {} keys "
							+ "that were asked for there have an older state, or none, after {}",
					target, this.missing, this.missing + this.seen, Duration.ofNanos(this.nanos));
		}
		else if (!this.told && this.denied > 0) {
			logger.warn("Whether writes arrive at the {} location cannot be found out: access is denied", target);
		}
		boolean trouble = this.missing + this.denied > 0;
		this.told = trouble || (this.told && this.seen == 0);
		this.seen = 0;
		this.missing = 0;
		this.denied = 0;
	}

	@Override
	public void close() {
		this.turns.close();
	}

}
