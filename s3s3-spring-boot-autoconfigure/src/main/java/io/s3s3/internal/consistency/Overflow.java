package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

import io.s3s3.health.TrafficDirector;
import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.unit.DataSize;

/**
 * Tells, once after each switch, that the memory is too small: that a write was forgotten
 * which home need not have got yet, or the other location, as far behind as replication
 * was last. Of older ones it does not matter. Thread-safe.
 */
final class Overflow implements Consumer<KeyHistory> {

	private static final Logger logger = LoggerFactory.getLogger(Overflow.class);

	private final DataSize memory;

	private final TrafficDirector director;

	/** How far each location was behind when that was measured last, in nanoseconds. */
	private final AtomicLongArray lags = new AtomicLongArray(LocationRole.values().length);

	private final AtomicBoolean told = new AtomicBoolean();

	/**
	 * Create what has told nothing yet.
	 * @param memory how large the memory is
	 * @param director knows which location is home
	 */
	Overflow(DataSize memory, TrafficDirector director) {
		this.memory = memory;
		this.director = director;
	}

	/**
	 * Note how far a location is behind.
	 */
	void replicated(LocationRole to, Duration lag) {
		this.lags.set(to.ordinal(), lag.toNanos());
	}

	/**
	 * Note that calls have switched.
	 */
	void beginAnew() {
		this.told.set(false);
	}

	/**
	 * Take a write that was forgotten while one location only was known to have it.
	 */
	@Override
	public void accept(KeyHistory forgotten) {
		if (this.told.get()) {
			return;
		}
		LocationRole home = this.director.home();
		LocationRole lacking = forgotten.knows(home) ? home.other() : home;
		long age = System.nanoTime() - forgotten.written();
		if ((lacking == home || age < this.lags.get(lacking.ordinal())) && this.told.compareAndSet(false, true)) {
			logger.warn("The memory for recent writes is full (s3s3.consistency.memory={}): writes are forgotten that "
					+ "the {} location may not have got yet. Reads of them that go there may show an older state",
					this.memory, lacking);
		}
	}

}
