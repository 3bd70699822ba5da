/**
 * Observes calls and their attempts with Micrometer, for traces and timers. Start with
 * {@link io.s3s3.observation.RequestObservations}.
 */
@NullMarked
package io.s3s3.observation;

import org.jspecify.annotations.NullMarked;
