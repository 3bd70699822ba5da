/**
 * HTTP clients that give up on a peer that moves no bytes, whatever the size of the
 * transfer. Start with {@link io.s3s3.internal.http.StallDetectingHttpClient}.
 */
@NullMarked
package io.s3s3.internal.http;

import org.jspecify.annotations.NullMarked;
