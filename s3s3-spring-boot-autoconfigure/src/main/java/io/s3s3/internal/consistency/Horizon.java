package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.consistency.Lookout.Arrival;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	/** How often a key is asked for where the location cannot tell. */
	private static final int TRIES = 3;

	/** How long a write may be known at one location only, in nanoseconds. */
	private final long nanos;

	private final AskedPair pair;

	private final Discoveries discoveries;

	private final Lookout lookout;

	private final Turns turns = new Turns("s3s3-horizon", this::ask, this::pause);

	/** Whether something may become due. */
	private volatile boolean fresh;

	/**
	 * Until when what was written at each home was asked for; of the turns alone, as all
	 * below.
	 */
	private final Map<LocationRole, Long> asked = new EnumMap<>(LocationRole.class);

	/** The keys to ask for, the next one first. */
	private final Deque<String> due = new ArrayDeque<>();

	/** Which location was home when they became due. */
	private LocationRole home = LocationRole.PRIMARY;

	/** Until when what was written there had been asked for before them. */
	private long from;

	/** How often each of the keys could not be asked for. */
	private final Map<String, Integer> failures = new HashMap<>();

	/** When a location was last found not to be well. */
	private long outage;

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
		this.outage = System.nanoTime() - this.nanos;
		for (LocationRole role : LocationRole.values()) {
			this.asked.put(role, this.outage);
		}
		if (horizon.isZero()) {
			this.turns.close();
		}
	}

	/**
	 * Note that something was written, or is known at one location only.
	 */
	void written() {
		if (!this.fresh) {
			this.fresh = true;
		}
		this.turns.begin();
	}

	private long pause() {
		if (!this.due.isEmpty()) {
			return TimeUnit.SECONDS.toNanos(1);
		}
		return this.fresh ? Math.max(TimeUnit.SECONDS.toNanos(1) / 10, this.nanos / LOOKS) : -1;
	}

	/**
	 * Ask for some of the keys that are due.
	 */
	private void ask() {
		if (!this.pair.areBothWell()) {
			this.outage = System.nanoTime();
			return;
		}
		collect(this.pair.home());
		Location target = this.pair.get(this.home.other());
		for (int left = BATCH; left > 0 && !this.due.isEmpty();) {
			String key = this.due.remove();
			KeyHistory history = this.pair.writes().of(key);
			// What was written since becomes due later.
			if (history != null && history.isAloneAt(this.home) && history.written() - asked() <= 0) {
				left--;
				note(look(key, history, target), key);
			}
		}
		if (this.due.isEmpty()) {
			report(target.role());
		}
	}

	private long asked() {
		return Objects.requireNonNull(this.asked.get(this.home));
	}

	/**
	 * Find what is due, when nothing is any more. After an outage, replication gets the
	 * time of a horizon to catch up.
	 */
	private void collect(LocationRole home) {
		if (home != this.home) {
			if (!this.due.isEmpty()) {
				this.asked.put(this.home, this.from);
				this.due.clear();
			}
			this.home = home;
		}
		long now = System.nanoTime();
		if (!this.due.isEmpty() || now - this.outage < this.nanos) {
			return;
		}
		this.from = asked();
		this.asked.put(home, now - this.nanos);
		this.due.addAll(this.pair.writes().aloneAt(home, this.from, asked()));
		// Before the look, since there may be more from then on.
		this.fresh = false;
		if (!this.pair.writes().aloneAt(home, asked(), now).isEmpty()) {
			this.fresh = true;
		}
	}

	/**
	 * Look for the last write of a key: later once more if the location cannot tell.
	 */
	private Arrival look(String key, KeyHistory history, Location target) {
		try {
			Arrival arrival = this.lookout.look(key, history, target);
			if (arrival == Arrival.MISSING || arrival == Arrival.ABSENT) {
				arrival = askWriter(arrival, key, history, target.role());
			}
			this.failures.remove(key);
			return arrival;
		}
		catch (RuntimeException ex) {
			if (this.failures.merge(key, 1, Integer::sum) < TRIES) {
				this.due.add(key);
			}
			else {
				this.failures.remove(key);
				this.discoveries.unproven(key, target.role());
			}
			throw ex;
		}
	}

	/**
	 * Ask the location that took a write why the other one lacks it: somebody else may
	 * have deleted it at both.
	 */
	private Arrival askWriter(Arrival arrival, String key, KeyHistory history, LocationRole target) {
		Examination writer = this.pair.examine(key, history, target.other());
		if (writer.verdict() == Verdict.BURIED) {
			this.discoveries.buried(key, target.other());
		}
		if (writer.verdict() == Verdict.UNPROVEN) {
			this.discoveries.unproven(key, target);
			return Arrival.UNKNOWN;
		}
		return (arrival == Arrival.ABSENT && writer.isDeletedByOthers()) ? Arrival.UNKNOWN : Arrival.MISSING;
	}

	private void note(Arrival arrival, String key) {
		switch (arrival) {
			case SEEN -> this.seen++;
			case MISSING -> {
				this.missing++;
				this.discoveries.notReplicated(key, this.home.other());
			}
			case DENIED -> this.denied++;
			case ABSENT, UNKNOWN -> {
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
