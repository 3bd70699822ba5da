package io.s3s3.sample.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What failed recently, and when it may be tried again: soon at first, then less and less
 * often, finally every {@value #LONGEST_PAUSE} seconds. A new version of the same object
 * is tried at once. Not thread-safe.
 */
final class Setbacks {

	static final long LONGEST_PAUSE = 300;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(Replicator.PERIOD);

	private final Clock clock;

	private final Map<String, Setback> setbacks = new HashMap<>();

	Setbacks(Clock clock) {
		this.clock = clock;
	}

	boolean mayTry(String subject, Version version) {
		Setback setback = this.setbacks.get(subject);
		return setback == null || !setback.version().equals(version) || !this.clock.instant().isBefore(setback.until());
	}

	/**
	 * Record a failure.
	 * @param subject what failed
	 * @param version its version
	 * @return how often this version has failed in a row
	 */
	int failed(String subject, Version version) {
		Setback last = this.setbacks.get(subject);
		int count = (last != null && last.version().equals(version)) ? last.count() + 1 : 1;
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(count - 1, 20));
		Duration longest = Duration.ofSeconds(LONGEST_PAUSE);
		pause = (pause.compareTo(longest) < 0) ? pause : longest;
		this.setbacks.put(subject, new Setback(version, count, this.clock.instant().plus(pause)));
		return count;
	}

	/**
	 * Forget the failures of something.
	 * @param subject what succeeded
	 */
	void succeeded(String subject) {
		this.setbacks.remove(subject);
	}

	/**
	 * Forget the failures of everything that no longer exists.
	 * @param subjects what still exists
	 */
	void forgetAllBut(Set<String> subjects) {
		this.setbacks.keySet().retainAll(subjects);
	}

	/**
	 * Failures in a row.
	 *
	 * @param version the version that failed
	 * @param count how often
	 * @param until when it may be tried again
	 */
	private record Setback(Version version, int count, Instant until) {

	}

}
