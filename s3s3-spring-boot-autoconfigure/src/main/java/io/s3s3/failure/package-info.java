/**
 * What went wrong with an attempt, and what follows from it. Start with
 * {@link io.s3s3.failure.FailureClassifier}.
 */
@NullMarked
package io.s3s3.failure;

import org.jspecify.annotations.NullMarked;
