/**
 * What an error means: whether another location may do better, whether it says something
 * about the health of this one, and what the attempt may have done. Start with
 * {@link io.s3s3.failure.FailureClassifier} and {@link io.s3s3.failure.FailureKind}; what
 * each error code of S3 means is one table, {@code ErrorCodes}.
 */
@NullMarked
package io.s3s3.failure;

import org.jspecify.annotations.NullMarked;
