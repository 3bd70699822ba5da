package io.s3s3.location;

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

	SimulatedLocation(Random random, Duration length) {
		this.random = random;
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

	Result callAt(long time) {
		return switch (moodAt(time)) {
			case WELL -> Result.SUCCESS;
			case REFUSING, HANGING -> Result.FAILURE;
			case THROTTLING -> (this.random.nextInt(10) == 0) ? Result.SUCCESS : Result.THROTTLED;
			case ERRORS -> this.random.nextBoolean() ? Result.SUCCESS : Result.FAILURE;
			case SLOW -> (this.random.nextInt(20) == 0) ? Result.FAILURE : Result.SUCCESS;
		};
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

		SUCCESS, FAILURE, THROTTLED

	}

}
