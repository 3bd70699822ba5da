package io.s3s3.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.http.ReadTimeouts;
import io.s3s3.internal.http.StallDetectingAsyncHttpClient;
import io.s3s3.internal.http.StallTimeouts;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * An asynchronous failover client over HTTP clients as the starter makes them, which are
 * patient and share their threads: to shut those down takes seconds.
 */
public final class WatchedAsyncPair implements AutoCloseable {

	private static final SdkEventLoopGroup EVENT_LOOPS = SdkEventLoopGroup.builder().numberOfThreads(2).build();

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final S3AsyncClient primary;

	private final S3AsyncClient secondary;

	private final FailoverS3Client blocking;

	private final FailoverS3AsyncClient client;

	/**
	 * Make a pair whose buckets are {@code east} and {@code west}.
	 * @param primary the endpoint of the primary
	 * @param secondary the endpoint of the secondary
	 * @param maxConnections how many connections each location may have
	 * @param settings when reads are hedged
	 */
	public WatchedAsyncPair(URI primary, URI secondary, int maxConnections, HedgeSettings settings) {
		this.primary = client(primary, maxConnections);
		this.secondary = client(secondary, maxConnections);
		this.blocking = FailoverS3Client.builder()
			.primary(EmbeddedS3.client(primary), "east")
			.secondary(EmbeddedS3.client(secondary), "west")
			.hedge(settings)
			.build();
		this.client = FailoverS3AsyncClient.builder()
			.client(this.blocking)
			.primary(this.primary)
			.secondary(this.secondary)
			.build();
	}

	private static S3AsyncClient client(URI endpoint, int maxConnections) {
		StallTimeouts patient = new StallTimeouts(PATIENCE, PATIENCE, new ReadTimeouts(PATIENCE, PATIENCE, PATIENCE),
				null);
		return S3AsyncClient.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.httpClientBuilder((defaults) -> new StallDetectingAsyncHttpClient(NettyNioAsyncHttpClient.builder()
				.eventLoopGroup(EVENT_LOOPS)
				.maxConcurrency(maxConnections)
				.buildWithDefaults(defaults), patient, maxConnections))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(EmbeddedS3.ACCESS_KEY, EmbeddedS3.SECRET_KEY)))
			.build();
	}

	public FailoverS3AsyncClient client() {
		return this.client;
	}

	@Override
	public void close() {
		this.client.close();
		this.blocking.close();
		Stream
			.of(this.primary, this.secondary, this.blocking.locations().primary().client(),
					this.blocking.locations().secondary().client())
			.forEach(SdkClient::close);
	}

}
