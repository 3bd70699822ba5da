/**
 * Who we can talk to: the two S3 locations of a pair, each with its client and its
 * bucket. Start with {@link io.s3s3.location.LocationPair}.
 */
@NullMarked
package io.s3s3.location;

import org.jspecify.annotations.NullMarked;
