/**
 * The calls of the blocking client: one {@linkplain io.s3s3.internal.blocking.Invocation
 * invocation} per kind of call, and the {@link io.s3s3.internal.blocking.BlockingDriver}
 * that walks a call's execution on the caller's thread. Start with
 * {@link io.s3s3.internal.blocking.FailoverEngine}. No API.
 */
@NullMarked
package io.s3s3.internal.blocking;

import org.jspecify.annotations.NullMarked;
