package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.io.Daemons;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Finds out which writes have arrived at the location that did not take them, by a
 * {@code HEAD} of each key there, once that is well. As long as nothing arrives it asks
 * for one key a second; the more arrive, the more it asks for. Has a thread only while
 * there is something to confirm. Thread-safe.
 */
final class Confirmer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Confirmer.class);

	/** More keys than this are not confirmed. */
	private static final int MAX_KEYS = 100_000;

	private final Destination destination;

	private final LocationPair pair;

	private final TrafficDirector director;

	private final RecentWrites writes;

	/** For how long a write is waited for, in nanoseconds. */
	private final long patience;

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

	/** How many writes were given up without a word; of the thread alone. */
	private int late;

	/** When that was told last; of the thread alone. */
	private long toldLate;

	/**
	 * Create what confirms nothing yet.
	 * @param destination where writes are to arrive
	 * @param pair the locations
	 * @param director knows which of them is home, and well
	 * @param writes the writes
	 * @param patience how long a write is waited for, in nanoseconds
	 */
	Confirmer(Destination destination, LocationPair pair, TrafficDirector director, RecentWrites writes,
			long patience) {
		this.destination = destination;
		this.pair = pair;
		this.director = director;
		this.writes = writes;
		this.patience = patience;
		this.toldLate = System.nanoTime() - patience;
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

	/**
	 * Wait for the last writes of keys that have been known at one location only for
	 * long, unless nobody waits for them any more.
	 * @param from the location that knows them
	 */
	void awaitLate(List<String> keys, LocationRole from) {
		this.elsewhere = from.other();
		for (String key : keys) {
			KeyHistory history = this.writes.of(key);
			if (history != null && !isGivenUp(history)) {
				await(key);
			}
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
				confirmAll(next(this.pace.next(), target.role()), target);
				tellLate(target.role());
			}
			if (rest()) {
				this.director.replicated(target.role(), null);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Nothing was confirmed: {}", ex.toString());
		}
	}

	private void confirmAll(List<String> keys, Location target) {
		Set<String> left = new LinkedHashSet<>(keys);
		try {
			for (String key : keys) {
				KeyHistory history = this.writes.of(key);
				if (history == null || history.knows(target.role()) || isConfirmed(key, history, target)) {
					left.remove(key);
				}
			}
		}
		finally {
			giveBack(left);
			this.pace.asked(keys.size(), left.size());
		}
	}

	private boolean isConfirmed(String key, KeyHistory history, Location target) {
		Sighting sighting = look(key, target);
		if (sighting == null) {
			return false;
		}
		KeyHistory after = (new KeyJudge(history).judge(target.role(), sighting) == Verdict.CURRENT)
				? history.shown(target.role(), sighting, System.nanoTime()) : history;
		this.writes.seen(key, history, after);
		if (after.knows(target.role())) {
			this.director.replicated(target.role(), this.destination.lagOf(history));
		}
		return after.knows(target.role());
	}

	/**
	 * Look at an object.
	 * @return what is shown, or {@code null} if that does not tell whether it is there
	 */
	private @Nullable Sighting look(String key, Location target) {
		HeadObjectRequest.Builder request = HeadObjectRequest.builder().bucket(target.bucket()).key(key);
		try {
			HeadObjectResponse response = target.client()
				.headObject(request.expectedBucketOwner(target.expectedBucketOwner()).build());
			return Objects.requireNonNull(ObjectRead.sightingOf(response, System.currentTimeMillis()));
		}
		catch (S3Exception ex) {
			if (ex.statusCode() == 404) {
				return Sighting.absent(ObjectRead.markerOf(explained(ex, key, target)));
			}
			if (ex.statusCode() == 403 && !this.toldDenied) {
				this.toldDenied = true;
				this.destination.tellDenied(target.role());
			}
			return null;
		}
	}

	/**
	 * Ask for the marker of what is not there, where only that tells that the last write
	 * has arrived.
	 */
	private S3Exception explained(S3Exception absence, String key, Location target) {
		KeyHistory history = this.writes.of(key);
		if (history == null || !history.doubts().contains(Doubt.UNARRIVED)
				|| !ExplainedAbsence.isUnexplained(absence)) {
			return absence;
		}
		try {
			return (S3Exception) ExplainedAbsence.of(absence, key,
					target.client()
						.listObjectVersions(ExplainedAbsence.question(key)
							.toBuilder()
							.bucket(target.bucket())
							.expectedBucketOwner(target.expectedBucketOwner())
							.build()));
		}
		catch (S3Exception ex) {
			logger.debug("The {} location does not list versions: {}", target.role(), ex.toString());
			return absence;
		}
	}

	/**
	 * Return the next keys to ask for, past those for which nobody has to.
	 */
	private List<String> next(int most, LocationRole target) {
		this.lock.lock();
		try {
			List<String> next = new ArrayList<>();
			Iterator<String> keys = this.keys.iterator();
			while (keys.hasNext() && next.size() < most) {
				String key = keys.next();
				keys.remove();
				KeyHistory history = this.writes.of(key);
				if (history != null && !history.knows(target)) {
					boolean late = isGivenUp(history);
					this.late += late ? 1 : 0;
					next.addAll(late ? List.of() : List.of(key));
				}
			}
			this.asked.addAll(next);
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isGivenUp(KeyHistory history) {
		return System.nanoTime() - history.since() > this.patience;
	}

	/**
	 * Tell how many writes were given up. Those for which nobody waits are told no more
	 * often than it takes to give one up.
	 */
	private void tellLate(LocationRole target) {
		boolean due = this.destination == Destination.HOME || System.nanoTime() - this.toldLate >= this.patience;
		if (this.late > 0 && due) {
			this.destination.tellLate(this.late, target);
			this.late = 0;
			this.toldLate = System.nanoTime();
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
						+ "Calls for such keys come back when s3s3.consistency.max-hold is over", role);
			}

			@Override
			void tellLate(int keys, LocationRole role) {
				logger.warn("{} keys whose last write has not arrived at the {} location are no longer held "
						+ "(s3s3.consistency.max-hold)", keys, role);
			}

		},

		/** Where calls went since, or would go. */
		ELSEWHERE {

			@Override
			@Nullable Duration lagOf(KeyHistory history) {
				return null;
			}

			@Override
			void tellDenied(LocationRole role) {
				logger.warn("Whether writes arrive at the {} location cannot be found out: access is denied", role);
			}

			@Override
			void tellLate(int keys, LocationRole role) {
				logger.warn("The {} location, which is no longer asked for them, has not got the last writes of so "
						+ "many keys: {}. Replication is slow, does not work, or leaves them out", role, keys);
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
