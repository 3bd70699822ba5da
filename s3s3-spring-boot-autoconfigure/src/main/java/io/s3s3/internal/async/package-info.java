/**
 * The calls of the asynchronous client: one
 * {@linkplain io.s3s3.internal.async.AsyncInvocation invocation} per kind of call, and
 * the {@code AsyncDriver} that walks a call's execution on whatever thread brings news,
 * unless that is an event loop. Start with {@link io.s3s3.internal.async.AsyncEngine}. No
 * API.
 */
@NullMarked
package io.s3s3.internal.async;

import org.jspecify.annotations.NullMarked;
