package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.s3s3.internal.consistency.Lookout.Arrival;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which writes have arrived at the location that did not take them, by a
 * {@code HEAD} of each key there, or a listing for many in one folder, once that is well.
 * As long as nothing arrives it asks for one key a second; the more arrive, the more it
 * asks for. Has a thread only while there is something to confirm. Thread-safe.
 */
final class Confirmer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Confirmer.class);

	/** So many of the next keys are looked at for those in one folder. */
	private static final int WINDOW = 2000;

	/** More keys than this are not confirmed. */
	private static final int MAX_KEYS = 100_000;

	private final Destination destination;

	private final AskedPair pair;

	private final Consumer<String> settled;

	private final Lookout lookout;

	/** Of the thread alone. */
	private final DensePrefixes dense;

	/** For how long a write is waited for, in nanoseconds. */
	private final long maxHold;

	private final Turns turns = new Turns("s3s3-confirm", this::confirmSome, this::pause);

	private final KeyQueue keys = new KeyQueue(MAX_KEYS);

	/** What finds keys that nobody waits for yet. */
	private final Queue<Runnable> searches = new ConcurrentLinkedQueue<>();

	/** Whether there was something to confirm, and nobody was told that it is done. */
	private volatile boolean busy;

	/** Where calls went last. */
	private volatile LocationRole elsewhere = LocationRole.SECONDARY;

	/** Of the thread alone. */
	private final AskingPace pace = new AskingPace();

	/** Whether it was told that we may not look; of the thread alone. */
	private boolean toldDenied;

	/**
	 * Create what confirms nothing yet.
	 * @param destination where writes are to arrive
	 * @param maxHold how long a write is waited for, in nanoseconds
	 * @param pair the locations
	 * @param settled receives the keys that are waited for no more
	 */
	Confirmer(Destination destination, long maxHold, AskedPair pair, Consumer<String> settled) {
		this.destination = destination;
		this.maxHold = maxHold;
		this.pair = pair;
		this.settled = settled;
		this.lookout = new Lookout(pair.writes());
		this.dense = new DensePrefixes(pair.writes(), this.lookout);
	}

	/**
	 * Wait for the last write of a key.
	 */
	void await(String key) {
		this.keys.add(key);
		begin();
	}

	/**
	 * Wait for all writes that only one location knows now to arrive at the other one.
	 * Returns at once, and asks nobody.
	 * @param from the location that knows them
	 * @param others what is waited for elsewhere
	 */
	void awaitAllFrom(LocationRole from, KeyQueue others) {
		this.elsewhere = from.other();
		this.searches.add(() -> this.pair.writes()
			.aloneAt(from, MAX_KEYS)
			.stream()
			.filter((key) -> !others.contains(key))
			.forEach(this.keys::add));
		begin();
	}

	private void begin() {
		this.busy = true;
		this.turns.begin();
	}

	private long pause() {
		return this.busy ? TimeUnit.SECONDS.toNanos(1) : -1;
	}

	private LocationRole target() {
		return (this.destination == Destination.HOME) ? this.pair.home() : this.elsewhere;
	}

	KeyQueue keys() {
		return this.keys;
	}

	/**
	 * Confirm as many keys as a second allows.
	 */
	private void confirmSome() {
		for (Runnable search = this.searches.poll(); search != null; search = this.searches.poll()) {
			search.run();
		}
		Location target = this.pair.get(target());
		if (this.pair.isWell(target.role())) {
			confirmByListing(target);
			confirmAll(this.keys.take(this.pace.next()), target);
		}
		if (this.busy) {
			// Before the look, since there may be more from then on.
			this.busy = false;
			if (this.keys.isEmpty() && this.searches.isEmpty()) {
				this.pair.director().replicated(target.role(), null);
			}
			else {
				this.busy = true;
			}
		}
	}

	/**
	 * Confirm the keys of a folder at once, if there are many.
	 */
	private void confirmByListing(Location target) {
		List<String> keys = this.dense.choose(this.keys.peek(WINDOW));
		if (keys.isEmpty()) {
			return;
		}
		this.keys.take(keys);
		Set<String> left = new LinkedHashSet<>(keys);
		try {
			for (String key : this.dense.seenOf(keys, target)) {
				left.remove(key);
				KeyHistory history = this.pair.writes().of(key);
				this.pair.director()
					.replicated(target.role(), (history != null) ? this.destination.lagOf(history) : null);
			}
			this.pace.asked(keys.size(), left.size());
		}
		finally {
			end(keys, left);
		}
	}

	private void confirmAll(List<String> keys, Location target) {
		Set<String> left = new LinkedHashSet<>(keys);
		int late = 0;
		try {
			for (String key : keys) {
				KeyHistory history = missing(key, target);
				boolean overdue = history != null && System.nanoTime() - history.since() > this.maxHold;
				if (history == null || overdue) {
					// Even if the location cannot tell.
					left.remove(key);
				}
				if (history != null && isConfirmed(key, history, target)) {
					left.remove(key);
				}
				else if (overdue) {
					late++;
				}
			}
		}
		finally {
			end(keys, left);
			this.pace.asked(keys.size(), left.size());
			if (late > 0) {
				this.destination.tellLate(late, target.role());
			}
		}
	}

	/**
	 * Return what is remembered of a key whose last write a location may not have.
	 */
	private @Nullable KeyHistory missing(String key, Location target) {
		KeyHistory history = this.pair.writes().of(key);
		return (history != null && !history.knows(target.role())) ? history : null;
	}

	private void end(List<String> keys, Set<String> left) {
		this.keys.giveBack(left);
		keys.stream().filter((key) -> !left.contains(key)).forEach(this.settled);
	}

	private boolean isConfirmed(String key, KeyHistory history, Location target) {
		Arrival arrival = this.lookout.look(key, history, target);
		if (arrival == Arrival.DENIED && !this.toldDenied) {
			this.toldDenied = true;
			this.destination.tellDenied(target.role());
		}
		if (arrival == Arrival.SEEN) {
			this.pair.director().replicated(target.role(), this.destination.lagOf(history));
		}
		return arrival == Arrival.SEEN;
	}

	@Override
	public void close() {
		this.turns.close();
	}

	/**
	 * Where writes are to arrive.
	 */
	enum Destination {

		/** At home, where calls for their keys can come back then. */
		HOME {

			@Override
			Duration lagOf(KeyHistory history) {
				return Duration.ofNanos(System.nanoTime() - history.written());
			}

			@Override
			void tellDenied(LocationRole role) {
				logger.warn("What was written away from the {} location cannot be confirmed there: access is denied. "
						+ "Calls for such keys come back when s3s3.failback.max-hold is over", role);
			}

			@Override
			void tellLate(int keys, LocationRole role) {
				logger.warn("{} keys whose last write has not arrived at the {} location are no longer held "
						+ "(s3s3.failback.max-hold)", keys, role);
			}

		},

		/** Where calls went since: that is asked only once they go there. */
		ELSEWHERE {

			@Override
			@Nullable Duration lagOf(KeyHistory history) {
				return null;
			}

			@Override
			void tellDenied(LocationRole role) {
				logger.warn("What was written before calls went to the {} location cannot be confirmed there: "
						+ "access is denied", role);
			}

			@Override
			void tellLate(int keys, LocationRole role) {
				logger.warn("{} keys that were written before calls went to the {} location have not arrived there",
						keys, role);
			}

		};

		/**
		 * Return how long a write took to arrive that has just been found there.
		 * @return the duration, or {@code null} if nobody has looked for it before
		 */
		abstract @Nullable Duration lagOf(KeyHistory history);

		abstract void tellDenied(LocationRole role);

		abstract void tellLate(int keys, LocationRole role);

	}

}
