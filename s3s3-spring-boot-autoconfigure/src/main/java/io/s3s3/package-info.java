/**
 * What a newcomer opens first: {@link io.s3s3.FailoverS3Template} for the common
 * operations without a bucket, {@link io.s3s3.FailoverS3Client} for all of them.
 */
@NullMarked
package io.s3s3;

import org.jspecify.annotations.NullMarked;
