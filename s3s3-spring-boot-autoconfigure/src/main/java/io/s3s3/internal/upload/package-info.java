/**
 * Uploads that can be sent again. Start with {@link io.s3s3.internal.upload.UploadBody},
 * which is sent by one request, and {@link io.s3s3.internal.upload.MultipartUpload},
 * which is sent in parts; both rest on content that is reopened or recorded.
 */
@NullMarked
package io.s3s3.internal.upload;

import org.jspecify.annotations.NullMarked;
