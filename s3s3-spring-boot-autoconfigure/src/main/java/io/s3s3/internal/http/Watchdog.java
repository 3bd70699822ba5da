package io.s3s3.internal.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.internal.io.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks all exchanges in flight, at short intervals, for as long as there are any.
 * Thread-safe.
 */
final class Watchdog implements AutoCloseable {

	/** How late a check may be. */
	static final Duration INTERVAL = Duration.ofMillis(50);

	private static final Logger logger = LoggerFactory.getLogger(Watchdog.class);

	private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean awake = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1,
			Daemons.named("s3s3-watchdog"));

	void watch(Watched exchange) {
		this.watched.add(exchange);
		wake();
	}

	void forget(Watched exchange) {
		this.watched.remove(exchange);
	}

	private void wake() {
		if (!this.awake.compareAndSet(false, true)) {
			return;
		}
		boolean scheduled = false;
		try {
			this.executor.schedule(this::look, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
			scheduled = true;
		}
		catch (RejectedExecutionException ex) {
			// The client was closed, and so were its connections.
			this.watched.clear();
		}
		finally {
			// Without memory for a thread it stays asleep; the next exchange wakes it.
			if (!scheduled) {
				this.awake.set(false);
			}
		}
	}

	private void look() {
		try {
			long now = System.nanoTime();
			this.watched.forEach((exchange) -> lookAt(exchange, now));
		}
		finally {
			this.awake.set(false);
			if (!this.watched.isEmpty()) {
				wake();
			}
		}
	}

	/**
	 * Check one exchange. Whatever it throws, the others are still checked.
	 */
	private static void lookAt(Watched exchange, long now) {
		try {
			exchange.look(now);
		}
		catch (Throwable ex) {
			logger.debug("Could not end an exchange, will try again", ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	/**
	 * Something that the watchdog checks.
	 */
	@FunctionalInterface
	interface Watched {

		/**
		 * Check the exchange, and end it if there is a reason to.
		 * @param now the time, by nanoTime
		 */
		void look(long now);

	}

}
