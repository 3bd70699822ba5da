/**
 * One call along its route. Start with {@link io.s3s3.internal.call.CallExecution}, the
 * state machine that decides, and with the {@link io.s3s3.internal.call.Step}s that it
 * asks its driver to take. Nothing here knows a thread, a client or a retry library. No
 * API.
 */
@NullMarked
package io.s3s3.internal.call;

import org.jspecify.annotations.NullMarked;
