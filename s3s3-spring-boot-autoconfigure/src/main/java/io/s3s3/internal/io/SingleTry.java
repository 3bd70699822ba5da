package io.s3s3.internal.io;

import java.util.List;

import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPlugin;

/**
 * Keeps the SDK from retrying a request, whatever the retry strategy of its client.
 */
public final class SingleTry {

	private static final SdkPlugin PLUGIN = (configuration) -> configuration
		.overrideConfiguration(configuration.overrideConfiguration()
			.copy((override) -> override.retryStrategy(AwsRetryStrategy.doNotRetry())));

	private SingleTry() {
	}

	/**
	 * Return a request that is sent once.
	 * @param <R> the type of the request
	 * @param request the request
	 * @return the same request, with an override that disables retries
	 */
	public static <R extends AwsRequest> R of(R request) {
		AwsRequestOverrideConfiguration.Builder configuration = request.overrideConfiguration()
			.map(AwsRequestOverrideConfiguration::toBuilder)
			.orElseGet(AwsRequestOverrideConfiguration::builder);
		return with(request, configuration.addPlugin(PLUGIN).build());
	}

	/**
	 * Return a request that the SDK may retry as its client is configured.
	 * @param <R> the type of the request
	 * @param request the request, or one that was derived from a request that is sent
	 * once
	 * @return the same request, without the override
	 */
	public static <R extends AwsRequest> R lift(R request) {
		List<SdkPlugin> plugins = request.overrideConfiguration()
			.map(RequestOverrideConfiguration::plugins)
			.orElse(List.of());
		if (!plugins.contains(PLUGIN)) {
			return request;
		}
		return with(request,
				request.overrideConfiguration()
					.orElseThrow()
					.toBuilder()
					.plugins(plugins.stream().filter((plugin) -> plugin != PLUGIN).toList())
					.build());
	}

	@SuppressWarnings("unchecked") // a builder builds the type that it came from
	private static <R extends AwsRequest> R with(R request, AwsRequestOverrideConfiguration configuration) {
		return (R) request.toBuilder().overrideConfiguration(configuration).build();
	}

}
