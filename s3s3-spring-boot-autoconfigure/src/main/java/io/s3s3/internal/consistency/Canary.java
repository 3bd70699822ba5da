package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.io.Daemons;
import io.s3s3.internal.setting.Setting;
import io.s3s3.internal.text.ErrorCode;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.context.SmartLifecycle;
import org.springframework.util.StringUtils;

/**
 * Measures replication: writes a small object at one location, looks for it at the other
 * one, and takes turns. Processes may share the object: one that was written after that
 * of this process tells as much. Thread-safe.
 */
public final class Canary implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Canary.class);

	/** The metadata entry that tells when an object was written. */
	private static final String WRITTEN = "s3s3-written";

	private static final Duration SOONEST = Duration.ofSeconds(1);

	private static final Duration FIRST_LOOK = Duration.ofMillis(50);

	private static final Duration LAST_LOOK = Duration.ofSeconds(10);

	/** So many turns may go by until it is said that nothing arrives. */
	private static final int TURNS = 10;

	private static final int LONGEST_KEY = 1024;

	private final LocationPair pair;

	private final TrafficDirector director;

	private final String key;

	private final Duration interval;

	/** After how long it is said that nothing arrives. */
	private final Duration patience;

	/** Guarded by "this". */
	private @Nullable ScheduledExecutorService thread;

	/** Where the next one is written; of the thread alone, as all below. */
	private LocationRole from = LocationRole.PRIMARY;

	/** The one that is looked for, {@code null} if none is. */
	private @Nullable Flight flight;

	private boolean toldTrouble;

	/**
	 * Create a canary that does nothing until it is started.
	 * @param pair the locations
	 * @param director knows which of them is well, and is told what is measured
	 * @param key the key of the object
	 * @param interval the time between two turns, at least a second
	 */
	public Canary(LocationPair pair, TrafficDirector director, String key, Duration interval) {
		this(pair, director, key, interval, interval.multipliedBy(TURNS));
	}

	Canary(LocationPair pair, TrafficDirector director, String key, Duration interval, Duration patience) {
		Setting.of("s3s3.consistency.canary.key", key)
			.require(StringUtils.hasText(key) && key.length() <= LONGEST_KEY, "It must be a key of an object.");
		Setting.of("s3s3.consistency.canary.interval", interval)
			.require(interval.compareTo(SOONEST) >= 0, "It must be at least 1s.")
			.positive();
		this.pair = pair;
		this.director = director;
		this.key = key;
		this.interval = interval;
		this.patience = patience;
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			ScheduledExecutorService begun = Executors.newSingleThreadScheduledExecutor(Daemons.named("s3s3-canary"));
			begun.execute(() -> turn(begun));
			this.thread = begun;
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	private void turn(ScheduledExecutorService executor) {
		Duration pause = turn();
		if (!executor.isShutdown()) {
			executor.schedule(() -> turn(executor), pause.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Write an object, or look for the one that was written.
	 * @return when to do so again
	 */
	Duration turn() {
		try {
			return (this.flight != null) ? look(this.flight) : send();
		}
		catch (RuntimeException | LinkageError ex) {
			tell(ex);
			return this.interval;
		}
	}

	// Where one is out, it is known that nothing arrives.
	private Duration send() {
		if (!this.director.isWell(LocationRole.PRIMARY) || !this.director.isWell(LocationRole.SECONDARY)) {
			return this.interval;
		}
		Location location = this.pair.get(this.from);
		this.from = this.from.other();
		long written = System.currentTimeMillis();
		String text = String.valueOf(written);
		location.client()
			.putObject((put) -> put.bucket(location.bucket())
				.key(this.key)
				.expectedBucketOwner(location.expectedBucketOwner())
				.contentType("text/plain")
				.metadata(Map.of(WRITTEN, text)), RequestBody.fromString(text));
		this.flight = new Flight(location.role(), written);
		return FIRST_LOOK;
	}

	private Duration look(Flight sought) {
		LocationRole to = sought.from.other();
		if (!this.director.isWell(to)) {
			sought.interrupted = true;
			return this.interval;
		}
		Long shown = shownAt(this.pair.get(to));
		if (shown == null || !sought.isFoundBy(shown)) {
			return wait(sought, to);
		}
		this.flight = null;
		this.toldTrouble = false;
		this.director.replicated(to, sought.interrupted ? null : sought.lag(shown));
		if (sought.told) {
			logger.info("What was written at the {} location has arrived at the {} one after {}", sought.from, to,
					sought.age());
		}
		Duration left = this.interval.minus(sought.age());
		return left.isNegative() ? Duration.ZERO : left;
	}

	private Duration wait(Flight sought, LocationRole to) {
		if (!sought.told && sought.age().compareTo(this.patience) > 0) {
			sought.told = true;
			logger.warn("What was written at the {} location {} ago has not arrived at the {} one: "
					+ "replication is late, or there is none", sought.from, sought.age(), to);
		}
		sought.looks++;
		Duration pause = FIRST_LOOK.multipliedBy(1L << Math.min(sought.looks, 10));
		return (pause.compareTo(LAST_LOOK) < 0) ? pause : LAST_LOOK;
	}

	/**
	 * Return when the object that a location has was written, by the clock of the process
	 * that did.
	 * @return the time in milliseconds, or {@code null} if there is none
	 */
	private @Nullable Long shownAt(Location location) {
		try {
			String written = location.client()
				.headObject((head) -> head.bucket(location.bucket())
					.key(this.key)
					.expectedBucketOwner(location.expectedBucketOwner()))
				.metadata()
				.get(WRITTEN);
			return (written != null) ? Long.valueOf(written) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
		catch (S3Exception ex) {
			if (ex.statusCode() == 404) {
				return null;
			}
			throw ex;
		}
	}

	private void tell(Throwable error) {
		// What is under way is aborted at the end.
		if (this.toldTrouble || error instanceof AbortedException) {
			return;
		}
		this.toldTrouble = true;
		String code = ErrorCode.of(error);
		logger.warn("Replication can't be measured for now with the object of s3s3.consistency.canary.key: {}",
				(code != null) ? code : error.getClass().getSimpleName());
	}

	/**
	 * An object on its way.
	 */
	static final class Flight {

		private final LocationRole from;

		/** By the clock. */
		private final long written;

		private final long acknowledged = System.nanoTime();

		private int looks;

		/** Whether the other location was out meanwhile: that is no lag. */
		private boolean interrupted;

		private boolean told;

		Flight(LocationRole from, long written) {
			this.from = from;
			this.written = written;
		}

		Duration age() {
			return Duration.ofNanos(System.nanoTime() - this.acknowledged);
		}

		/**
		 * Return whether an object was written when this one was, or later: of another
		 * process whose clock is ahead, that can't be said. This one is it, even if the
		 * clock has been set back since.
		 */
		boolean isFoundBy(long shown) {
			return shown == this.written || (shown > this.written && shown <= System.currentTimeMillis());
		}

		/**
		 * Return how long an object took that was found just now.
		 * @param shown when it was written: this one, or a later one of another process
		 */
		Duration lag(long shown) {
			Duration lag = age().minusMillis(shown - this.written);
			return lag.isNegative() ? Duration.ZERO : lag;
		}

	}

}
