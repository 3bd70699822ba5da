package io.s3s3.internal.consistency;

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

	private final ReentrantLock lock = new ReentrantLock();

	/** The keys to confirm, the next one first; guarded by "lock". */
	private final Set<String> away = new LinkedHashSet<>();

	/** Guarded by "lock". */
	private @Nullable ScheduledExecutorService executor;

	/** Guarded by "lock". */
	private boolean closed;

	Confirmer(LocationPair pair, TrafficDirector director, RecentWrites writes) {
		this.pair = pair;
		this.director = director;
		this.writes = writes;
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
				this.executor.scheduleWithFixedDelay(this::confirm, 1, 1, TimeUnit.SECONDS);
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
	 * Confirm as many keys as a second allows.
	 */
	private void confirm() {
		try {
			Location home = this.pair.get(this.director.home());
			if (this.director.isWell(home.role())) {
				for (String key : next()) {
					confirm(key, home);
				}
			}
			rest();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Nothing was confirmed: {}", ex.toString());
		}
	}

	private void confirm(String key, Location home) {
		KeyHistory history = this.writes.of(key);
		if (history == null || history.knows(home.role())) {
			return;
		}
		Sighting sighting = look(key, home);
		KeyHistory after = (new KeyJudge(history).judge(home.role(), sighting) == Verdict.CURRENT)
				? history.shown(home.role(), sighting, System.nanoTime()) : history;
		this.writes.seen(key, history, after);
		if (!after.knows(home.role())) {
			add(key);
		}
	}

	private static Sighting look(String key, Location home) {
		HeadObjectRequest.Builder request = HeadObjectRequest.builder().bucket(home.bucket()).key(key);
		try {
			HeadObjectResponse response = home.client()
				.headObject(request.expectedBucketOwner(home.expectedBucketOwner()).build());
			return Objects.requireNonNull(ObjectRead.sightingOf(response, System.currentTimeMillis()));
		}
		catch (S3Exception ex) {
			if (ex.statusCode() != 404) {
				throw ex;
			}
			return Sighting.absent(ObjectRead.markerOf(ex));
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
			this.away.add(key);
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
