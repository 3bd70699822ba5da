package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

	private final LocationPair pair;

	private final TrafficDirector director;

	private final RecentWrites writes;

	private final Lookout lookout;

	/** Makes the thread. The simulation, which has no time to wait, replaces it. */
	private Supplier<ScheduledExecutorService> threads = () -> Executors
		.newSingleThreadScheduledExecutor(Daemons.named("s3s3-horizon"));

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by "lock". */
	private @Nullable ScheduledExecutorService executor;

	/** Whether there is nothing to begin. Written under "lock". */
	private volatile boolean begun;

	/** The keys to ask for, the next one first; of the thread alone, as all below. */
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
	 * @param director knows which of them is home, and well
	 * @param writes the writes
	 */
	Horizon(Duration horizon, LocationPair pair, TrafficDirector director, RecentWrites writes) {
		this.nanos = horizon.toNanos();
		this.pair = pair;
		this.director = director;
		this.writes = writes;
		this.lookout = new Lookout(writes);
		this.asked = System.nanoTime() - this.nanos;
		this.begun = horizon.isZero();
	}

	/**
	 * Note that something was written.
	 */
	void written() {
		if (!this.begun) {
			begin();
		}
	}

	private void begin() {
		this.lock.lock();
		try {
			if (!this.begun) {
				ScheduledExecutorService thread = this.threads.get();
				this.executor = thread;
				thread.schedule(this::turn, pause(), TimeUnit.NANOSECONDS);
				this.begun = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private long pause() {
		long second = TimeUnit.SECONDS.toNanos(1);
		return this.due.isEmpty() ? Math.max(second / 10, this.nanos / LOOKS) : second;
	}

	private void turn() {
		try {
			ask();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The location was not asked: {}", ex.toString());
		}
		finally {
			goOn();
		}
	}

	/**
	 * Ask for some of the keys that are due.
	 */
	private void ask() {
		LocationRole home = this.director.home();
		Location target = this.pair.get(home.other());
		if (!this.director.isWell(target.role())) {
			return;
		}
		if (this.due.isEmpty()) {
			long until = System.nanoTime() - this.nanos;
			this.due.addAll(this.writes.aloneAt(home, this.asked, until));
			this.asked = until;
		}
		for (int left = BATCH; left > 0 && !this.due.isEmpty();) {
			String key = this.due.remove();
			KeyHistory history = this.writes.of(key);
			if (history != null && history.isAloneAt(home)) {
				left--;
				count(look(key, history, target));
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

	private void count(Arrival arrival) {
		switch (arrival) {
			case SEEN -> this.seen++;
			case MISSING -> this.missing++;
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
			this.director.replicated(target, null);
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

	private void goOn() {
		this.lock.lock();
		try {
			ScheduledExecutorService thread = this.executor;
			if (thread == null) {
				return;
			}
			if (!this.due.isEmpty() || this.writes.aloneAt(this.director.home()) > 0) {
				thread.schedule(this::turn, pause(), TimeUnit.NANOSECONDS);
				return;
			}
			thread.shutdown();
			this.executor = null;
			this.begun = false;
		}
		finally {
			this.lock.unlock();
		}
		if (this.writes.aloneAt(this.director.home()) > 0) {
			// It was written before that would have begun anew.
			written();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.begun = true;
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
