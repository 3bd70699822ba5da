package io.s3s3.health;

import java.time.Instant;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * An operator's order that calls go to a location first.
 *
 * @param location the location
 * @param since since when it is in force
 * @param expiry when it ends by itself, or {@code null} if an operator must release it
 * @since 0.1.0
 */
public record ForcedRoute(LocationRole location, Instant since, @Nullable Instant expiry) {

}
