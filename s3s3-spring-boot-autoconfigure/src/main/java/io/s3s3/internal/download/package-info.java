/**
 * Downloads that continue elsewhere when they break. Start with
 * {@link io.s3s3.internal.download.FailoverResponseTransformer}, which passes one to the
 * caller as a stream, and {@link io.s3s3.internal.download.FileDownload}, which writes it
 * to a file.
 */
@NullMarked
package io.s3s3.internal.download;

import org.jspecify.annotations.NullMarked;
