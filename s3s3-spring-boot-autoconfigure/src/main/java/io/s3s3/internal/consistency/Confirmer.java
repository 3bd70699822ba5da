package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Lookout.Arrival;
import io.s3s3.internal.io.Daemons;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
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

	private final LocationPair pair;

	private final TrafficDirector director;

	private final RecentWrites writes;

	private final Lookout lookout;

	/** Of the thread alone. */
	private final DensePrefixes dense;

	/** For how long a write is waited for, in nanoseconds. */
	private final long maxHold;

	/** Makes the thread. The simulation, which has no time to wait, replaces it. */
	private Supplier<ScheduledExecutorService> threads = () -> Executors
		.newSingleThreadScheduledExecutor(Daemons.named("s3s3-confirm"));

	private final ReentrantLock lock = new ReentrantLock();

	/** The keys to confirm, the next one first; guarded by "lock". */
	private final Set<String> keys = new LinkedHashSet<>();

	/** Those that are being asked for, which are none of "keys"; guarded by "lock". */
	private final Set<String> asked = new HashSet<>();

	/** Guarded by "lock". */
	private @Nullable ScheduledExecutorService executor;

	/** Guarded by "lock". */
	private boolean closed;

	/** Where calls went last. */
	private volatile LocationRole elsewhere = LocationRole.SECONDARY;

	/** Of the thread alone. */
	private final AskingPace pace = new AskingPace();

	/** Whether it was told that we may not look; of the thread alone. */
	private boolean toldDenied;

	/**
	 * Create what confirms nothing yet.
	 * @param destination where writes are to arrive
	 * @param pair the locations
	 * @param director knows which of them is home, and well
	 * @param writes the writes
	 * @param maxHold how long a write is waited for, in nanoseconds
	 */
	Confirmer(Destination destination, LocationPair pair, TrafficDirector director, RecentWrites writes, long maxHold) {
		this.destination = destination;
		this.pair = pair;
		this.director = director;
		this.writes = writes;
		this.lookout = new Lookout(writes);
		this.dense = new DensePrefixes(writes, this.lookout);
		this.maxHold = maxHold;
	}

	/**
	 * Wait for the last write of a key.
	 */
	void await(String key) {
		this.lock.lock();
		try {
			if (this.keys.size() < MAX_KEYS && !this.closed && this.keys.add(key) && this.executor == null) {
				begin();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for all writes that only one location knows now to arrive at the other one.
	 * Returns at once, and asks nobody.
	 * @param from the location that knows them
	 * @param others knows the keys that it waits for itself
	 */
	void awaitAllFrom(LocationRole from, Confirmer others) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.elsewhere = from.other();
				ScheduledExecutorService thread = (this.executor != null) ? this.executor : begin();
				thread.execute(() -> this.writes.aloneAt(from, MAX_KEYS)
					.stream()
					.filter((key) -> !others.awaits(key))
					.forEach(this::await));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean awaits(String key) {
		this.lock.lock();
		try {
			return this.keys.contains(key) || this.asked.contains(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	private ScheduledExecutorService begin() {
		ScheduledExecutorService thread = this.threads.get();
		this.executor = thread;
		thread.scheduleWithFixedDelay(this::confirmSome, 1, 1, TimeUnit.SECONDS);
		return thread;
	}

	private LocationRole target() {
		return (this.destination == Destination.HOME) ? this.director.home() : this.elsewhere;
	}

	/**
	 * Return how many keys are not confirmed.
	 */
	int size() {
		this.lock.lock();
		try {
			return this.keys.size() + this.asked.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Confirm none of the keys of today any more.
	 * @return how many there were
	 */
	int release() {
		this.lock.lock();
		try {
			int released = this.keys.size() + this.asked.size();
			this.keys.clear();
			this.asked.clear();
			return released;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Confirm as many keys as a second allows.
	 */
	void confirmSome() {
		try {
			Location target = this.pair.get(target());
			if (this.director.isWell(target.role())) {
				confirmByListing(target);
				confirmAll(next(this.pace.next()), target);
			}
			if (rest()) {
				this.director.replicated(target.role(), null);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Nothing was confirmed: {}", ex.toString());
		}
	}

	/**
	 * Confirm the keys of a folder at once, if there are many.
	 */
	private void confirmByListing(Location target) {
		List<String> keys = this.dense.choose(peek());
		if (keys.isEmpty()) {
			return;
		}
		take(keys);
		Set<String> left = new LinkedHashSet<>(keys);
		try {
			for (String key : this.dense.seenOf(keys, target)) {
				left.remove(key);
				KeyHistory history = this.writes.of(key);
				this.director.replicated(target.role(), (history != null) ? this.destination.lagOf(history) : null);
			}
			this.pace.asked(keys.size(), left.size());
		}
		finally {
			giveBack(left);
		}
	}

	private List<String> peek() {
		this.lock.lock();
		try {
			return this.keys.stream().limit(WINDOW).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void take(List<String> keys) {
		this.lock.lock();
		try {
			for (String key : keys) {
				if (this.keys.remove(key)) {
					this.asked.add(key);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void confirmAll(List<String> keys, Location target) {
		Set<String> left = new LinkedHashSet<>(keys);
		int late = 0;
		try {
			for (String key : keys) {
				KeyHistory history = this.writes.of(key);
				if (history == null || history.knows(target.role()) || isConfirmed(key, history, target)) {
					left.remove(key);
				}
				else if (System.nanoTime() - history.since() > this.maxHold) {
					left.remove(key);
					late++;
				}
			}
		}
		finally {
			giveBack(left);
			this.pace.asked(keys.size(), left.size());
			if (late > 0) {
				this.destination.tellLate(late, target.role());
			}
		}
	}

	private boolean isConfirmed(String key, KeyHistory history, Location target) {
		Arrival arrival = this.lookout.look(key, history, target);
		if (arrival == Arrival.DENIED && !this.toldDenied) {
			this.toldDenied = true;
			this.destination.tellDenied(target.role());
		}
		if (arrival == Arrival.SEEN) {
			this.director.replicated(target.role(), this.destination.lagOf(history));
		}
		return arrival == Arrival.SEEN;
	}

	private List<String> next(int most) {
		this.lock.lock();
		try {
			List<String> next = new ArrayList<>();
			Iterator<String> keys = this.keys.iterator();
			while (keys.hasNext() && next.size() < most) {
				next.add(keys.next());
				keys.remove();
			}
			this.asked.addAll(next);
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void giveBack(Set<String> left) {
		this.lock.lock();
		try {
			// They are no longer among those if they were released meanwhile.
			left.retainAll(this.asked);
			this.asked.clear();
			if (!this.closed) {
				this.keys.addAll(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the thread if there is nothing left to confirm.
	 * @return whether that is so
	 */
	private boolean rest() {
		this.lock.lock();
		try {
			ScheduledExecutorService thread = this.keys.isEmpty() ? this.executor : null;
			if (thread != null) {
				thread.shutdown();
				this.executor = null;
			}
			return thread != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.keys.clear();
			if (this.executor != null) {
				this.executor.shutdownNow();
				this.executor = null;
			}
		}
		finally {
			this.lock.unlock();
		}
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
