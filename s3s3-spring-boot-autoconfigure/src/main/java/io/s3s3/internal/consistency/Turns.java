package io.s3s3.internal.consistency;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.s3s3.internal.io.Daemons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something done in turns, in a thread of its own that exists only while there is
 * something to do. Thread-safe.
 */
final class Turns implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Turns.class);

	private final Runnable turn;

	private final LongSupplier pause;

	/** Makes the thread. The simulation, which has no time to wait, replaces it. */
	private Supplier<ScheduledExecutorService> threads;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by "lock". */
	private @Nullable ScheduledExecutorService executor;

	/** Whether there is nothing to begin. Written under "lock". */
	private volatile boolean begun;

	/**
	 * Create turns that do not begin yet.
	 * @param thread the name of the thread
	 * @param turn what to do in each turn; what it throws ends that turn only
	 * @param pause tells how long to wait before the next turn, in nanoseconds, or that
	 * there is nothing to do, by a negative number
	 */
	Turns(String thread, Runnable turn, LongSupplier pause) {
		this.turn = turn;
		this.pause = pause;
		this.threads = () -> Executors.newSingleThreadScheduledExecutor(Daemons.named(thread));
	}

	/**
	 * Begin if there is something to do. To be called, without a lock that the pause
	 * needs, after what there is to do has changed.
	 */
	void begin() {
		if (this.begun) {
			return;
		}
		this.lock.lock();
		try {
			long next = this.begun ? -1 : this.pause.getAsLong();
			if (next >= 0) {
				this.executor = startedIn(next);
				this.begun = this.executor != null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Start a thread. That it cannot be does not concern who has changed something: the
	 * next change starts it.
	 */
	private @Nullable ScheduledExecutorService startedIn(long nanos) {
		ScheduledExecutorService started = this.threads.get();
		try {
			started.schedule(this::take, nanos, TimeUnit.NANOSECONDS);
			return started;
		}
		catch (OutOfMemoryError ex) {
			logger.warn("A thread cannot be started: {}", ex.toString());
			started.shutdownNow();
			return null;
		}
	}

	private void take() {
		try {
			this.turn.run();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("A turn has failed: {}", ex.toString());
		}
		finally {
			goOn();
		}
	}

	private void goOn() {
		this.lock.lock();
		try {
			if (this.executor == null) {
				return;
			}
			long next = this.pause.getAsLong();
			if (next >= 0) {
				this.executor.schedule(this::take, next, TimeUnit.NANOSECONDS);
				return;
			}
			this.executor.shutdown();
			this.executor = null;
			this.begun = false;
		}
		finally {
			this.lock.unlock();
		}
		// What came in between has not begun anew.
		begin();
	}

	/**
	 * End, and begin no more.
	 */
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
