package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which keys have ended wrong: an older write that has come late may have
 * replaced the last one, and nobody may ever read the key. Keys for which that is
 * possible, since calls for them have switched or got no answer, are looked at once, at
 * both locations, when they have been at rest for long: at most 16 a second. Thread-safe.
 */
final class LateWrites implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LateWrites.class);

	/** How many keys are looked at in a turn. */
	private static final int BATCH = 16;

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	/** More keys than this are not looked at. */
	private static final int MAX_KEYS = 20_000;

	/** How long a key is left alone, in nanoseconds; zero to look at none. */
	private final long nanos;

	private final AskedPair pair;

	/** Tells which keys have not settled. */
	private final Predicate<String> awaited;

	private final Discoveries discoveries;

	/** Called when a location other than home was found to have lost a write. */
	private final Runnable demoted;

	private final Turns turns = new Turns("s3s3-late-writes", this::look, this::pause);

	private final ReentrantLock lock = new ReentrantLock();

	/** Since when each key is at rest, the longest first; guarded by "lock". */
	private final Map<String, Long> suspects = new LinkedHashMap<>();

	/**
	 * Create what suspects no key yet.
	 * @param rest how long a key is left alone; zero to look at none
	 * @param pair the locations
	 * @param awaited tells which keys have not settled, and come later
	 * @param discoveries is told what is found
	 * @param demoted called when a location other than home was found to have lost a
	 * write
	 */
	LateWrites(Duration rest, AskedPair pair, Predicate<String> awaited, Discoveries discoveries, Runnable demoted) {
		this.nanos = rest.toNanos();
		this.pair = pair;
		this.awaited = awaited;
		this.discoveries = discoveries;
		this.demoted = demoted;
	}

	/**
	 * Look at a key once it has been at rest for long.
	 */
	void suspect(String key) {
		if (this.nanos == 0) {
			return;
		}
		this.lock.lock();
		try {
			this.suspects.remove(key);
			if (this.suspects.size() < MAX_KEYS) {
				this.suspects.put(key, System.nanoTime());
			}
		}
		finally {
			this.lock.unlock();
		}
		this.turns.begin();
	}

	private long pause() {
		this.lock.lock();
		try {
			Iterator<Long> times = this.suspects.values().iterator();
			return times.hasNext() ? Math.max(PAUSE, times.next() + this.nanos - System.nanoTime()) : -1;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void look() {
		if (!this.pair.areBothWell()) {
			return;
		}
		Deque<String> due = due();
		int found = 0;
		try {
			for (String key = due.poll(); key != null; key = due.poll()) {
				KeyHistory history = this.pair.writes().of(key);
				if (history != null && !this.awaited.test(key)) {
					found += look(key, history) ? 1 : 0;
				}
			}
		}
		finally {
			due.forEach(this::suspect);
		}
		if (found > 0) {
			logger.warn("Older writes of this process have arrived late, and have replaced the last one of {} keys; "
					+ "the event WriteBuried tells which", found);
		}
	}

	private Deque<String> due() {
		this.lock.lock();
		try {
			Deque<String> due = new ArrayDeque<>();
			long until = System.nanoTime() - this.nanos;
			Iterator<Map.Entry<String, Long>> oldest = this.suspects.entrySet().iterator();
			while (due.size() < BATCH && oldest.hasNext()) {
				Map.Entry<String, Long> suspect = oldest.next();
				if (suspect.getValue() - until > 0) {
					return due;
				}
				due.add(suspect.getKey());
				oldest.remove();
			}
			return due;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Look at a key, and tell what is wrong with it.
	 * @return whether its last write has been replaced
	 */
	private boolean look(String key, KeyHistory history) {
		Map<LocationRole, Examination> seen = new EnumMap<>(LocationRole.class);
		try {
			for (LocationRole location : LocationRole.values()) {
				// What has been written at home alone the horizon asks for elsewhere.
				if (location == this.pair.home() || history.hasGot(location)) {
					seen.put(location, this.pair.examine(key, history, location));
				}
			}
		}
		catch (RuntimeException ex) {
			logger.debug("A key was not looked at: {}", ex.toString());
			suspect(key);
			return false;
		}
		seen.forEach((location, examination) -> tell(key, location, examination, seen.get(location.other())));
		return seen.values().stream().anyMatch((examination) -> examination.verdict() == Verdict.BURIED);
	}

	private void tell(String key, LocationRole location, Examination here, @Nullable Examination elsewhere) {
		switch (here.verdict()) {
			case BURIED -> this.discoveries.buried(key, location);
			case UNPROVEN -> this.discoveries.unproven(key, location);
			case STALE -> tellStale(key, location, here, elsewhere);
			case CURRENT, GONE -> {
			}
		}
	}

	private void tellStale(String key, LocationRole location, Examination here, @Nullable Examination elsewhere) {
		if (location != this.pair.home()) {
			this.demoted.run();
		}
		else if (elsewhere != null && elsewhere.verdict() == Verdict.UNPROVEN) {
			this.discoveries.unproven(key, location);
		}
		else if (elsewhere == null || !here.isAbsent() || !elsewhere.isDeletedByOthers()) {
			this.discoveries.notReplicated(key, location);
		}
	}

	@Override
	public void close() {
		this.turns.close();
	}

}
