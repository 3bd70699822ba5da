/**
 * Lets operators see and steer where calls go, through the Actuator. What they use are
 * its endpoints, not these types. Start with
 * {@link io.s3s3.internal.actuate.FailoverEndpoint} and
 * {@link io.s3s3.internal.actuate.FailoverHealthIndicator}.
 */
@NullMarked
package io.s3s3.internal.actuate;

import org.jspecify.annotations.NullMarked;
