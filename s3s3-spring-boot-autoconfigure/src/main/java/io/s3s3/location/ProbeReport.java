package io.s3s3.location;

import java.time.Duration;
import java.time.Instant;

/**
 * The result of one probe.
 *
 * @param location the location
 * @param result what the probe found
 * @param duration how long it took
 * @param time when it ended
 * @since 0.1.0
 */
public record ProbeReport(LocationRole location, ProbeResult result, Duration duration, Instant time) {

}
