package io.s3s3.failure;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Classifies what the AWS SDK throws. An answer of S3 is judged by its status and error
 * code, everything else by its cause. Where it is not known what the request did, it may
 * have taken effect. Stateless.
 */
final class DefaultFailureClassifier implements FailureClassifier {

	private final ServiceErrorRules serviceErrors;

	DefaultFailureClassifier(boolean failoverOnAccessDenied) {
		this.serviceErrors = new ServiceErrorRules(failoverOnAccessDenied);
	}

	@Override
	public Failure classify(Throwable error) {
		Failure failure = (answerBehind(error) instanceof SdkServiceException answer)
				? this.serviceErrors.classify(answer) : ClientErrorRules.classify(error);
		return (failure.effect() != Effect.UNKNOWN && triedBefore(error)) ? failure.withEffect(Effect.UNKNOWN)
				: failure;
	}

	// A client that encrypts wraps the answer of S3 in an exception of its own.
	private static Throwable answerBehind(Throwable error) {
		return (error instanceof SdkClientException && error.getCause() instanceof SdkServiceException answer) ? answer
				: error;
	}

	// An earlier try of the SDK at the same location may have done what the last did not.
	private static boolean triedBefore(Throwable error) {
		return error instanceof SdkException exception && exception.numAttempts() != null
				&& exception.numAttempts() > 1;
	}

}
