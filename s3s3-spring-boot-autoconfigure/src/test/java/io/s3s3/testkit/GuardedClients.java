package io.s3s3.testkit;

import java.net.URI;
import java.util.List;

import io.s3s3.internal.http.AnswerGuard;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Clients that try once, with and without the guard of those that the starter makes.
 */
public final class GuardedClients {

	private GuardedClients() {
	}

	public static S3Client guarded(URI endpoint) {
		return client(endpoint, new AnswerGuard());
	}

	public static S3Client plain(URI endpoint) {
		return client(endpoint, new ExecutionInterceptor() {

		});
	}

	/**
	 * Make an asynchronous client that is guarded as a blocking one is.
	 */
	public static S3AsyncClient asynchronous(URI endpoint, S3Client like) {
		return EmbeddedS3.asyncClient(endpoint, AnswerGuard.isPartOf(like) ? List.of(new AnswerGuard()) : List.of());
	}

	private static S3Client client(URI endpoint, ExecutionInterceptor interceptor) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(EmbeddedS3.ACCESS_KEY, EmbeddedS3.SECRET_KEY)))
			.overrideConfiguration((configuration) -> configuration.addExecutionInterceptor(interceptor)
				.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.build();
	}

}
