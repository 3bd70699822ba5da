/**
 * Who we can talk to: the two S3 locations. Start with
 * {@link io.s3s3.location.LocationPair}.
 */
@NullMarked
package io.s3s3.location;

import org.jspecify.annotations.NullMarked;
