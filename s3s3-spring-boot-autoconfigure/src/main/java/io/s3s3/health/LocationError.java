package io.s3s3.health;

import java.time.Instant;

/**
 * An error of a location: what it was, but none of its text, which might hold secrets.
 *
 * @param time when it was
 * @param cause its kind, such as {@code timeout}
 * @since 0.1.0
 */
public record LocationError(Instant time, String cause) {

}
