/**
 * Bytes that survive a switch. Start with {@link io.s3s3.transfer.UploadBody} and
 * {@link io.s3s3.transfer.DownloadBody}.
 */
@NullMarked
package io.s3s3.transfer;

import org.jspecify.annotations.NullMarked;
