/**
 * Downloads that go on elsewhere when they break. Start with
 * {@link io.s3s3.transfer.download.DownloadBody}, which hands one to the caller as a
 * stream, and {@link io.s3s3.transfer.download.FileDownload}, which writes it to a file.
 */
@NullMarked
package io.s3s3.transfer.download;

import org.jspecify.annotations.NullMarked;
