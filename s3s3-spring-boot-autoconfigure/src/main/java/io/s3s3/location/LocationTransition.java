package io.s3s3.location;

import java.time.Instant;

/**
 * A change of the status of a location.
 *
 * @param location the location
 * @param from the status before
 * @param to the status from then on
 * @param reason why it changed
 * @param time when it changed
 * @since 0.1.0
 */
public record LocationTransition(LocationRole location, LocationStatus from, LocationStatus to, StatusReason reason,
		Instant time) {

}
