package io.s3s3.health;

import java.time.Instant;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A change of the status of a location.
 *
 * @param location the location
 * @param from the status before
 * @param to the status from then on
 * @param reason why it changed
 * @param cause what went wrong last, such as {@code timeout}, or {@code null} if the
 * location did not go out for that
 * @param time when it changed
 * @since 0.1.0
 */
public record LocationTransition(LocationRole location, LocationStatus from, LocationStatus to, StatusReason reason,
		@Nullable String cause, Instant time) {

}
