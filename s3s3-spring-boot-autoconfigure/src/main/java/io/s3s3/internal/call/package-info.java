/**
 * The one way through which every operation goes. Start with
 * {@link io.s3s3.internal.call.FailoverEngine}. This package is not API, and the only one
 * that knows spring-retry.
 */
@NullMarked
package io.s3s3.internal.call;

import org.jspecify.annotations.NullMarked;
