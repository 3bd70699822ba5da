package io.s3s3.health;

import java.time.Instant;
import java.util.List;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a location at a time. Immutable.
 *
 * @param location the location
 * @param status how well it is
 * @param reason why it has that status
 * @param since since when it has it
 * @param circuit what its circuit counted, up to when it opened if it is open
 * @param rampPercent which part of its calls came back, or {@code null} if it is not
 * ramping
 * @param holdDownEnd when its calls may come back at the earliest, or {@code null} if
 * nothing holds them down
 * @param relapses how often it went out again without calm in between
 * @param lastErrors its last errors, the oldest first
 * @param lastProbe its last probe, or {@code null} if there was none
 * @since 0.1.0
 */
public record LocationSnapshot(LocationRole location, LocationStatus status, StatusReason reason, Instant since,
		CircuitMetrics circuit, @Nullable Integer rampPercent, @Nullable Instant holdDownEnd, int relapses,
		List<LocationError> lastErrors, @Nullable ProbeReport lastProbe) {

}
