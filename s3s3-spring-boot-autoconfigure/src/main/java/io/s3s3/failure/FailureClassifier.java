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

}
