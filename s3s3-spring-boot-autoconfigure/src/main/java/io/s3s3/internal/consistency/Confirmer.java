package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Finds out which writes that were made away from home have arrived there, so that calls
 * for their keys can come back: by a {@code HEAD} of each key at home, once that is well.
 * Has a thread only while there is something to confirm. Thread-safe.
 */
final class Confirmer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Confirmer.class);

	/** No more requests than this a second. */
	private static final int RATE = 50;

	/** More keys than this are not confirmed: they come home by time. */
	private static final int MAX_KEYS = 100_000;

	private final LocationPair pair;

	private final TrafficDirector director;

	private final RecentWrites writes;

	/** For how long a key is held, in nanoseconds. */
	private final long maxHold;

	private final ReentrantLock lock = new ReentrantLock();

	/** The keys to confirm, the next one first; guarded by "lock". */
	private final Set<String> away = new LinkedHashSet<>();

	/** Guarded by "lock". */
	private @Nullable ScheduledExecutorService executor;

	/** Guarded by "lock". */
	private boolean closed;

	/** Whether it was told that home does not let us look; of the thread alone. */
	private boolean toldDenied;

	/**
	 * Create what confirms nothing yet.
	 * @param pair the locations
	 * @param director knows which of them is home, and well
	 * @param writes the writes
	 * @param maxHold how long calls for a key may stay away from home, in nanoseconds
	 */
	Confirmer(LocationPair pair, TrafficDirector director, RecentWrites writes, long maxHold) {
		this.pair = pair;
		this.director = director;
		this.writes = writes;
		this.maxHold = maxHold;
	}

	/**
	 * Note a write.
	 */
	void written(String key, OwnWrite write) {
		if (write.location() == this.director.home()) {
			return;
		}
		this.lock.lock();
		try {
			if (this.away.size() < MAX_KEYS && !this.closed && this.away.add(key) && this.executor == null) {
				this.executor = Executors.newSingleThreadScheduledExecutor(Confirmer::thread);
				this.executor.scheduleWithFixedDelay(this::confirmSome, 1, 1, TimeUnit.SECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "s3s3-confirm");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return how many keys are not confirmed.
	 */
	int size() {
		this.lock.lock();
		try {
			return this.away.size();
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
			int released = this.away.size();
			this.away.clear();
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
			Location home = this.pair.get(this.director.home());
			if (this.director.isWell(home.role())) {
				confirmAll(next(), home);
			}
			rest();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Nothing was confirmed: {}", ex.toString());
		}
	}

	private void confirmAll(List<String> keys, Location home) {
		Set<String> left = new LinkedHashSet<>(keys);
		int expired = 0;
		try {
			for (String key : keys) {
				KeyHistory history = this.writes.of(key);
				if (history == null || history.knows(home.role())) {
					left.remove(key);
				}
				else if (System.nanoTime() - history.since() > this.maxHold) {
					left.remove(key);
					expired++;
				}
				else if (isConfirmed(key, history, home)) {
					left.remove(key);
				}
			}
		}
		finally {
			left.forEach(this::add);
			if (expired > 0) {
				logger.warn("{} keys whose last write has not arrived at the {} location are no longer held "
						+ "(s3s3.consistency.max-hold)", expired, home.role());
			}
		}
	}

	private boolean isConfirmed(String key, KeyHistory history, Location home) {
		Sighting sighting = look(key, home);
		if (sighting == null) {
			return false;
		}
		KeyHistory after = (new KeyJudge(history).judge(home.role(), sighting) == Verdict.CURRENT)
				? history.shown(home.role(), sighting, System.nanoTime()) : history;
		this.writes.seen(key, history, after);
		if (after.knows(home.role())) {
			this.director.replicated(home.role(), Duration.ofNanos(System.nanoTime() - history.written()));
		}
		return after.knows(home.role());
	}

	/**
	 * Look at an object.
	 * @return what home shows, or {@code null} if it does not show whether it is there
	 */
	private @Nullable Sighting look(String key, Location home) {
		HeadObjectRequest.Builder request = HeadObjectRequest.builder().bucket(home.bucket()).key(key);
		try {
			HeadObjectResponse response = home.client()
				.headObject(request.expectedBucketOwner(home.expectedBucketOwner()).build());
			return Objects.requireNonNull(ObjectRead.sightingOf(response, System.currentTimeMillis()));
		}
		catch (S3Exception ex) {
			if (ex.statusCode() == 404) {
				return Sighting.absent(ObjectRead.markerOf(ex));
			}
			if (ex.statusCode() == 403 && !this.toldDenied) {
				this.toldDenied = true;
				logger.warn("What was written away from the {} location cannot be confirmed there: access is denied. "
						+ "Calls for such keys come back when s3s3.consistency.max-hold is over", home.role());
			}
			return null;
		}
	}

	private List<String> next() {
		this.lock.lock();
		try {
			List<String> next = new ArrayList<>();
			Iterator<String> keys = this.away.iterator();
			while (keys.hasNext() && next.size() < RATE) {
				next.add(keys.next());
				keys.remove();
			}
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void add(String key) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.away.add(key);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the thread if there is nothing left to confirm.
	 */
	private void rest() {
		this.lock.lock();
		try {
			if (this.away.isEmpty() && this.executor != null) {
				this.executor.shutdown();
				this.executor = null;
			}
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
			this.away.clear();
			if (this.executor != null) {
				this.executor.shutdownNow();
				this.executor = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
