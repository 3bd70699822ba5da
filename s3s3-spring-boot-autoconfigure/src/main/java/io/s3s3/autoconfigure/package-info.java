/**
 * Makes beans of {@code s3s3.*} properties. Start with
 * {@link io.s3s3.autoconfigure.S3s3AutoConfiguration}.
 */
@NullMarked
package io.s3s3.autoconfigure;

import org.jspecify.annotations.NullMarked;
