package io.s3s3.failure;

/**
 * Decides what an error means: a pure function, thread-safe, that never throws.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FailureClassifier {

	/**
	 * Classify an error that ended an attempt.
	 * @param error what the location's client threw
	 * @return the failure
	 */
	Failure classify(Throwable error);

	/**
	 * Create a classifier of what the AWS SDK throws. An answer of S3 is judged by its
	 * status and error code, everything else by its cause.
	 * @param failoverOnAccessDenied whether another location may do better where access
	 * is denied
	 * @return the classifier
	 */
	static FailureClassifier of(boolean failoverOnAccessDenied) {
		return new DefaultFailureClassifier(failoverOnAccessDenied);
	}

}
