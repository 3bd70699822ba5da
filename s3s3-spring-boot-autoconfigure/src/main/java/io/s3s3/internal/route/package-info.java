/**
 * Which locations a call may try, and in what order. Start with
 * {@link io.s3s3.internal.route.OperationSafety} and
 * {@link io.s3s3.internal.route.Router}.
 */
@NullMarked
package io.s3s3.internal.route;

import org.jspecify.annotations.NullMarked;
