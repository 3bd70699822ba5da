package io.s3s3.health;

import java.time.Instant;

/**
 * A clock: one time for durations, one for people.
 */
interface Ticker {

	/**
	 * The time of the machine.
	 */
	Ticker SYSTEM = new Ticker() {

		@Override
		public long nanoTime() {
			return System.nanoTime();
		}

		@Override
		public Instant instant() {
			return Instant.now();
		}

	};

	/**
	 * Return the time for durations, as {@link System#nanoTime()} does.
	 * @return nanoseconds since an arbitrary point
	 */
	long nanoTime();

	/**
	 * Return the time for people.
	 * @return the time
	 */
	Instant instant();

}
