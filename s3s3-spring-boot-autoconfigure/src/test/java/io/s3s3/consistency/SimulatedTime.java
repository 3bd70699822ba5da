package io.s3s3.consistency;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of day in a simulation, which passes when it is told to. Each store has a
 * clock that is wrong by a skew of its own. Not thread-safe.
 */
final class SimulatedTime {

	private Instant now;

	SimulatedTime(Instant start) {
		this.now = start;
	}

	Instant now() {
		return this.now;
	}

	void pass(Duration duration) {
		this.now = this.now.plus(duration);
	}

}
