package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A move of traffic, and what came of it. Immutable.
 *
 * @param move the move
 * @param detection how long the location that was left had been failing, from the start
 * of its first attempt or probe that failed with none that succeeded after it; {@code
 * null} if it was not left for failing
 * @param firstServed when the location that calls went to first from then on had served
 * one, {@code null} if it has not
 * @param confirmed when the last of the writes that the location that was left had alone
 * was known to be at the other one, {@code null} if that is not known
 * @since 0.1.0
 */
public record SwitchRecord(TrafficSwitched move, @Nullable Duration detection, @Nullable Instant firstServed,
		@Nullable Instant confirmed) {

	SwitchRecord servedAt(Instant time) {
		return new SwitchRecord(this.move, this.detection, time, this.confirmed);
	}

	SwitchRecord confirmedAt(Instant time) {
		return new SwitchRecord(this.move, this.detection, this.firstServed, time);
	}

}
