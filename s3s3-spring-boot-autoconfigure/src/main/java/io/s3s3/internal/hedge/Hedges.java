package io.s3s3.internal.hedge;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.health.HedgeFigures;
import io.s3s3.location.LocationRole;

/**
 * Decides when a read that is not answered gets a second request, and whether there may
 * be one. It waits twice as long as nearly all answers of the location take to begin, or
 * longer if more requests than the budget allows would be overtaken otherwise.
 * Thread-safe.
 */
public final class Hedges implements HedgeFigures, AutoCloseable {

	private static final double USUAL = 0.95;

	private static final int FACTOR = 2;

	/** Fewer answers than this say little. */
	private static final int FEW = 20;

	/** From this many answers on, it is known what is rare. */
	private static final int MANY = 100;

	/** The minimum wait while little is known. */
	private static final Duration CAUTIOUS = Duration.ofMillis(200);

	private static final int SECONDS_ALIVE = 10;

	private final HedgeSettings settings;

	private final Map<LocationRole, Map<ReadClass, FirstByteTimes>> times = new EnumMap<>(LocationRole.class);

	private final HedgeBudget budget;

	private final TimerWheel timer = new TimerWheel();

	private final ThreadPoolExecutor threads;

	/**
	 * Create an instance. It has no thread until a call is hedged.
	 * @param settings when and how often there is a second request
	 * @param threads makes the threads of second requests
	 */
	public Hedges(HedgeSettings settings, ThreadFactory threads) {
		this.settings = settings;
		this.budget = new HedgeBudget(settings.burst(), settings.extraRequests());
		for (LocationRole location : LocationRole.values()) {
			Map<ReadClass, FirstByteTimes> classes = new EnumMap<>(ReadClass.class);
			for (ReadClass read : ReadClass.values()) {
				classes.put(read, new FirstByteTimes(USUAL, 1 - settings.extraRequests() / 100));
			}
			this.times.put(location, classes);
		}
		this.threads = new ThreadPoolExecutor(0, settings.concurrency(), SECONDS_ALIVE, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads);
	}

	/**
	 * Return the permission of an attempt to make a second request.
	 * @param location the location of the attempt
	 * @return the permission
	 */
	public Hedge next(LocationRole location) {
		return new Hedge(this, location);
	}

	FirstByteTimes times(LocationRole location, ReadClass read) {
		return Objects.requireNonNull(Objects.requireNonNull(this.times.get(location)).get(read));
	}

	HedgeBudget budget() {
		return this.budget;
	}

	long delayNanos(LocationRole location, ReadClass read) {
		FirstByteTimes.Quantiles known = times(location, read).quantiles();
		long least = (known.seen() < FEW) ? CAUTIOUS.toNanos() : (known.seen() >= MANY) ? known.rare() : 0;
		return Math.max(this.settings.minimumDelay().toNanos(), Math.max(FACTOR * known.usual(), least));
	}

	TimerWheel.Entry schedule(Runnable task, long nanos) {
		return this.timer.schedule(task, nanos);
	}

	Executor threads() {
		return this.threads;
	}

	@Override
	public Duration delay(LocationRole location) {
		return Duration.ofNanos(delayNanos(location, ReadClass.OBJECT));
	}

	@Override
	public int budgetLeft() {
		return this.budget.left();
	}

	/**
	 * Make no more second requests.
	 */
	@Override
	public void close() {
		this.timer.close();
		this.threads.shutdown();
	}

}
