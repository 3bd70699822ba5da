/**
 * Lets operators see and steer where calls go, through the Actuator. Start with
 * {@link io.s3s3.actuate.FailoverEndpoint} and
 * {@link io.s3s3.actuate.FailoverHealthIndicator}.
 */
@NullMarked
package io.s3s3.actuate;

import org.jspecify.annotations.NullMarked;
