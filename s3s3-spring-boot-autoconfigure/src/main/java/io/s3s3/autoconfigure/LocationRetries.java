package io.s3s3.autoconfigure;

import java.time.Duration;

import io.s3s3.failure.DefaultFailureClassifier;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.failure.FailureKind;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * How the SDK retries at one location: once, soon, and only what is likely to pass, since
 * the other location is there for the rest. Never after a timeout.
 */
final class LocationRetries {

	private static final int MAX_ATTEMPTS = 2;

	private static final Duration MAX_DELAY = Duration.ofMillis(100);

	private static final FailureClassifier CLASSIFIER = new DefaultFailureClassifier(false);

	private LocationRetries() {
	}

	static RetryStrategy strategy() {
		return DefaultRetryStrategy.standardStrategyBuilder()
			.useClientDefaults(false)
			.maxAttempts(MAX_ATTEMPTS)
			.retryOnException(LocationRetries::isLikelyToPass)
			.treatAsThrottling((error) -> CLASSIFIER.classify(error).kind() == FailureKind.THROTTLED)
			.backoffStrategy(BackoffStrategy.exponentialDelay(MAX_DELAY, MAX_DELAY))
			.throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(MAX_DELAY, MAX_DELAY))
			.build();
	}

	private static boolean isLikelyToPass(Throwable error) {
		if (error instanceof SdkServiceException answer) {
			// A skewed clock: the SDK corrects it by the answer.
			return answer.isClockSkewException() || isPassingAnswer(answer);
		}
		FailureKind kind = CLASSIFIER.classify(error).kind();
		return kind == FailureKind.RESET || kind == FailureKind.BROKEN_RESPONSE;
	}

	private static boolean isPassingAnswer(SdkServiceException answer) {
		return switch (CLASSIFIER.classify(answer).kind()) {
			case THROTTLED -> true;
			case SERVER_ERROR -> answer.statusCode() != 501;
			default -> false;
		};
	}

}
