/**
 * Uploads that can be sent again. Start with {@link io.s3s3.transfer.upload.UploadBody},
 * which is sent by one request, and {@link io.s3s3.transfer.upload.LargeUpload}, which is
 * sent in parts; both rest on content that is opened anew or recorded.
 */
@NullMarked
package io.s3s3.transfer.upload;

import org.jspecify.annotations.NullMarked;
