package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;

/**
 * A location that does what its script says: each mood from a time on.
 */
final class SimulatedLocation {

	private static final Duration HANG = Duration.ofSeconds(2);

	private final TreeMap<Long, Mood> script = new TreeMap<>();

	private final Random random;

	private final boolean deniesProbes;

	/** An object that it never serves, however well it is. */
	private final String badObject;

	SimulatedLocation(Random random, Duration length, String badObject) {
		this.random = random;
		this.badObject = badObject;
		this.deniesProbes = random.nextInt(5) == 0;
		long at = 0;
		this.script.put(at, Mood.WELL);
		while (at < length.toNanos()) {
			at += Duration.ofMillis(random.nextInt(random.nextBoolean() ? 10_000 : 300_000)).toNanos();
			Mood mood = Mood.values()[random.nextInt(Mood.values().length)];
			this.script.put(at, mood);
			for (int i = 0; mood == Mood.REFUSING && random.nextInt(3) == 0 && i < 20; i++) {
				// It flaps for a while.
				at += Duration.ofSeconds(2).toNanos();
				this.script.put(at, (i % 2 == 0) ? Mood.WELL : Mood.REFUSING);
			}
		}
		this.script.tailMap(length.toNanos(), true).clear();
		this.script.put(length.toNanos(), Mood.WELL);
	}

	/**
	 * A location that is well all the time.
	 */
	static SimulatedLocation well(Random random, String badObject) {
		return new SimulatedLocation(random, Duration.ZERO, badObject);
	}

	Mood moodAt(long time) {
		return this.script.floorEntry(time).getValue();
	}

	long moodSince(long time) {
		return this.script.floorKey(time);
	}

	boolean deniesProbes() {
		return this.deniesProbes;
	}

	ProbeResult probeAt(long time) {
		Mood mood = moodAt(time);
		if (mood.isDead() || (mood == Mood.ERRORS && this.random.nextBoolean())) {
			return ProbeResult.FAILURE;
		}
		return this.deniesProbes ? ProbeResult.DENIED : ProbeResult.SUCCESS;
	}

	Result callAt(long time, String key) {
		Result result = switch (moodAt(time)) {
			case WELL -> Result.SUCCESS;
			case REFUSING, HANGING -> Result.FAILURE;
			case THROTTLING -> (this.random.nextInt(10) == 0) ? Result.SUCCESS : Result.THROTTLED;
			case ERRORS -> this.random.nextBoolean() ? Result.SUCCESS : Result.REQUEST_FAILURE;
			case SLOW -> (this.random.nextInt(20) == 0) ? Result.REQUEST_FAILURE : Result.SUCCESS;
		};
		return (result == Result.SUCCESS && key.equals(this.badObject)) ? Result.REQUEST_FAILURE : result;
	}

	Duration latencyAt(long time) {
		return switch (moodAt(time)) {
			case HANGING -> HANG;
			case REFUSING -> Duration.ofMillis(1);
			case SLOW -> Duration.ofMillis(500L + this.random.nextInt(1000));
			default -> Duration.ofMillis(5L + this.random.nextInt(40));
		};
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.deniesProbes ? "denies probes" : "allows probes");
		this.script.forEach(
				(time, mood) -> text.append("\n  ").append(Instant.EPOCH.plusNanos(time)).append(' ').append(mood));
		return text.toString();
	}

	/**
	 * How a location behaves for a while.
	 */
	enum Mood {

		WELL, REFUSING, HANGING, THROTTLING, ERRORS, SLOW;

		boolean isDead() {
			return this == REFUSING || this == HANGING;
		}

	}

	/**
	 * How an attempt ends.
	 */
	enum Result {

		SUCCESS, FAILURE,

		/** A failure that the request may be to blame for. */
		REQUEST_FAILURE, THROTTLED

	}

}
