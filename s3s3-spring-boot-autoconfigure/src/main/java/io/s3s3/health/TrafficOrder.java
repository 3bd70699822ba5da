package io.s3s3.health;

import io.s3s3.location.LocationRole;

/**
 * The order in which a call tries the locations. A location that is out stays in the
 * order, as the second; one that is drained does not.
 *
 * @param first the location to try first
 * @param alone whether the other location is drained
 * @since 0.1.0
 */
public record TrafficOrder(LocationRole first, boolean alone) {

}
