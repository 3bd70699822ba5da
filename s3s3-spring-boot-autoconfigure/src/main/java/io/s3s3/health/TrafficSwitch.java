package io.s3s3.health;

import java.time.Instant;

import io.s3s3.location.LocationRole;

/**
 * A move of traffic as a whole from one location to the other.
 *
 * @param from the location that calls went to first
 * @param to the location that calls go to first from then on
 * @param reason why
 * @param time when
 * @since 0.1.0
 */
public record TrafficSwitch(LocationRole from, LocationRole to, SwitchReason reason, Instant time) {

}
