/**
 * Counts what happens to calls, attempts and locations with Micrometer. Start with
 * {@link io.s3s3.metrics.FailoverMetrics}.
 */
@NullMarked
package io.s3s3.metrics;

import org.jspecify.annotations.NullMarked;
