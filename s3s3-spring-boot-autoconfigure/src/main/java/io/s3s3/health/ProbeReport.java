package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * The result of one probe.
 *
 * @param location the location
 * @param result what the probe found
 * @param cause what went wrong, without any text that might hold secrets: the code or the
 * status of S3's answer, otherwise the type of the error; {@code null} if nothing did, or
 * the probe does not say
 * @param duration how long it took
 * @param time when it ended
 * @since 0.1.0
 */
public record ProbeReport(LocationRole location, ProbeResult result, @Nullable String cause, Duration duration,
		Instant time) {

}
