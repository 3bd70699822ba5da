/**
 * Which locations a call may try, and in what order. Start with
 * {@link io.s3s3.routing.OperationSafety} and {@link io.s3s3.routing.Router}.
 */
@NullMarked
package io.s3s3.routing;

import org.jspecify.annotations.NullMarked;
