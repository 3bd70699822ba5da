package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A switch of traffic and its outcome. Immutable.
 *
 * @param move the switch
 * @param detection how long the old location had been failing, from the start of the
 * first attempt or probe after which none succeeded; {@code null} if the switch was not
 * due to failures
 * @param firstServed when the new location had served its first call, or {@code null} if
 * it has not
 * @param confirmed when all writes that only the old location had were known to have
 * arrived at the other one, or {@code null} if that is not known
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
