package io.s3s3.testkit;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Lets the SDK's blocking clients retry as they would, but at once: the servers of tests
 * do not recover in the meantime. The asynchronous ones need the time: the SDK may take
 * the end of a try for that of the next.
 */
final class PromptRetries implements LocationClientCustomizer {

	@Override
	public void customize(LocationRole location, S3ClientBuilder builder) {
		builder.overrideConfiguration()
			.retryStrategy()
			.ifPresent((strategy) -> builder.overrideConfiguration(builder.overrideConfiguration()
				.copy((configuration) -> configuration
					.retryStrategy(strategy.toBuilder().backoffStrategy(BackoffStrategy.retryImmediately()).build()))));
	}

}
