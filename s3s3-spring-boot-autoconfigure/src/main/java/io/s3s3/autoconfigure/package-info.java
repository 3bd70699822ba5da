/**
 * Creates beans from {@code s3s3.*} properties; nothing depends on it. Start with
 * {@link io.s3s3.autoconfigure.S3s3AutoConfiguration}, then
 * {@link io.s3s3.autoconfigure.S3s3Properties}. Properties end here: the rest of the code
 * only knows settings, which check their own bounds.
 */
@NullMarked
package io.s3s3.autoconfigure;

import org.jspecify.annotations.NullMarked;
