/**
 * Meters for Micrometer. Start with {@link io.s3s3.metrics.FailoverMetrics}, which counts
 * what happens to calls, and {@link io.s3s3.metrics.LocationMetrics}, which covers the
 * locations.
 */
@NullMarked
package io.s3s3.metrics;

import org.jspecify.annotations.NullMarked;
