package io.s3s3.internal.consistency;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.io.Daemons;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the other location asked for what was written at home, and has not been seen there
 * for long: so it is known before calls have to go there. Has a thread only while there
 * is something that may become due. Thread-safe.
 */
final class Horizon implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Horizon.class);

	/** How often it looks for what is due before a write can be. */
	private static final int LOOKS = 15;

	/** How long a write may be known at one location only, in nanoseconds. */
	private final long nanos;

	private final RecentWrites writes;

	private final TrafficDirector director;

	private final Confirmer elsewhere;

	/** Makes the thread. The simulation, which has no time to wait, replaces it. */
	private Supplier<ScheduledExecutorService> threads = () -> Executors
		.newSingleThreadScheduledExecutor(Daemons.named("s3s3-horizon"));

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by "lock". */
	private @Nullable ScheduledExecutorService executor;

	/** Whether there is nothing to begin. Written under "lock". */
	private volatile boolean begun;

	/**
	 * Create a horizon.
	 * @param nanos how long a write may be known at one location only, in nanoseconds;
	 * zero for ever
	 * @param writes the writes
	 * @param director knows which location is home
	 * @param elsewhere asks the other one
	 */
	Horizon(long nanos, RecentWrites writes, TrafficDirector director, Confirmer elsewhere) {
		this.nanos = nanos;
		this.writes = writes;
		this.director = director;
		this.elsewhere = elsewhere;
		this.begun = nanos == 0;
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
				this.begun = true;
				ScheduledExecutorService thread = this.threads.get();
				this.executor = thread;
				long pause = Math.max(TimeUnit.MILLISECONDS.toNanos(100), this.nanos / LOOKS);
				thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void look() {
		try {
			askForWhatIsDue();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Nothing was found to be due: {}", ex.toString());
		}
	}

	/**
	 * Have the writes asked for that are due.
	 */
	private void askForWhatIsDue() {
		LocationRole home = this.director.home();
		this.elsewhere.awaitLate(this.writes.aloneSince(System.nanoTime() - this.nanos, home), home);
		if (this.writes.aloneAt(home) == 0) {
			end();
			if (this.writes.aloneAt(home) > 0) {
				// It was written before that would have begun anew.
				written();
			}
		}
	}

	private void end() {
		this.lock.lock();
		try {
			if (this.executor != null) {
				this.executor.shutdown();
				this.executor = null;
				this.begun = false;
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
