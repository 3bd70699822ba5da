package io.s3s3.health;

import java.time.Instant;

import io.s3s3.location.LocationRole;

/**
 * A step of the calls of home on their way back to it.
 *
 * @param to the location that they come back to
 * @param phase how far they are
 * @param percent which part of them goes there from then on, in percent: 100 when all are
 * back, 0 when none come back any more
 * @param reason why: {@link SwitchReason#FAILBACK}, or what ended it before its time
 * @param time when
 * @since 0.1.0
 */
public record FailbackProgress(LocationRole to, FailbackPhase phase, int percent, SwitchReason reason, Instant time) {

}
