/**
 * Counts requests and failovers with Micrometer. Start with
 * {@link io.s3s3.metrics.FailoverMetrics}.
 */
@NullMarked
package io.s3s3.metrics;

import org.jspecify.annotations.NullMarked;
