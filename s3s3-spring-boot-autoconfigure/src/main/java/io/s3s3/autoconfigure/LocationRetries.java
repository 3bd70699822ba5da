package io.s3s3.autoconfigure;

import java.time.Duration;

import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.download.UnresumableDownloadException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * How the SDK retries at one location: once, soon, and only after errors that are likely
 * to be transient, since the other location covers the rest. Never after a timeout, and
 * never after throttling.
 */
abstract class LocationRetries {

	private static final int MAX_ATTEMPTS = 2;

	/**
	 * A wait takes at least half of it: if the next try began at once, the SDK's
	 * asynchronous client would mistake the end of the dropped body for the end of the
	 * next one.
	 */
	private static final Duration MAX_DELAY = Duration.ofMillis(100);

	private static final FailureClassifier CLASSIFIER = FailureClassifier.of(false);

	static RetryStrategy strategy() {
		return DefaultRetryStrategy.standardStrategyBuilder()
			.useClientDefaults(false)
			.maxAttempts(MAX_ATTEMPTS)
			.retryOnException(LocationRetries::isLikelyToPass)
			.treatAsThrottling((error) -> false)
			.backoffStrategy(BackoffStrategy.exponentialDelayHalfJitter(MAX_DELAY, MAX_DELAY))
			.throttlingBackoffStrategy(BackoffStrategy.exponentialDelayHalfJitter(MAX_DELAY, MAX_DELAY))
			.build();
	}

	private static boolean isUnresumable(Throwable error) {
		return error.getCause() instanceof UnresumableDownloadException;
	}

	private static boolean isLikelyToPass(Throwable error) {
		if (isUnresumable(error)) {
			return false;
		}
		Failure failure = CLASSIFIER.classify(error);
		if (error instanceof SdkServiceException answer) {
			// A skewed clock: the SDK corrects it by the answer.
			return answer.isClockSkewException()
					|| (failure.kind() == FailureKind.SERVER_ERROR && failure.countsAgainstLocation());
		}
		return failure.canFailOver()
				&& (failure.kind() == FailureKind.RESET || failure.kind() == FailureKind.BROKEN_RESPONSE);
	}

}
