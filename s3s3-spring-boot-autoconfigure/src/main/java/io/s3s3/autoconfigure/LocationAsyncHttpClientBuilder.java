package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.s3s3.autoconfigure.S3s3Properties.LocationProperties;
import io.s3s3.internal.http.StallDetectingAsyncHttpClient;
import io.s3s3.internal.http.StallTimeouts;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.utils.AttributeMap;

import org.springframework.util.ClassUtils;

/**
 * Builds the asynchronous HTTP client of a location, which uses Netty, with the timeouts
 * of the blocking one. Netty's own timeouts cannot tell a peer that stalls from a slow
 * reader or a slow body, so they are only a last resort.
 */
final class LocationAsyncHttpClientBuilder implements SdkAsyncHttpClient.Builder<LocationAsyncHttpClientBuilder> {

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

	private static final Duration QUIET = Duration.ofMillis(100);

	private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

	private static final boolean NETTY = ClassUtils.isPresent(
			"software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient",
			LocationAsyncHttpClientBuilder.class.getClassLoader());

	private final LocationProperties properties;

	private volatile boolean used;

	LocationAsyncHttpClientBuilder(LocationProperties properties) {
		this.properties = properties;
	}

	/**
	 * Return whether the libraries that it needs are present.
	 */
	static boolean isPossible() {
		return NETTY;
	}

	/**
	 * Return whether the client of the location uses it: a customizer may have set
	 * another one.
	 */
	boolean isUsed() {
		return this.used;
	}

	@Override
	public SdkAsyncHttpClient buildWithDefaults(AttributeMap defaults) {
		this.used = true;
		StallTimeouts limits = LocationHttpClientBuilder.limits(this.properties);
		int maxConnections = LocationHttpClientBuilder.maxConnections(this.properties);
		SdkEventLoopGroup loops = SdkEventLoopGroup.builder().numberOfThreads(eventLoops()).build();
		SdkAsyncHttpClient netty = NettyNioAsyncHttpClient.builder()
			.eventLoopGroup(loops)
			.connectionTimeout(limits.connectTimeout())
			.connectionAcquisitionTimeout(limits.beforeAnswer(limits.readTimeouts().longest()).multipliedBy(2))
			.readTimeout(LONGEST_PAUSE)
			.writeTimeout(LONGEST_PAUSE)
			.maxConcurrency(maxConnections)
			.buildWithDefaults(defaults);
		return new StallDetectingAsyncHttpClient(new OwningClient(netty, loops), limits, maxConnections);
	}

	/**
	 * Return how many event loops the client gets: half of Netty's default, so that both
	 * locations together have as many as one client of the SDK. A loop without work
	 * sleeps, and waking it costs more than handing it more work.
	 */
	private static int eventLoops() {
		return Math.max(1, Integer.getInteger("io.netty.eventLoopThreads", Runtime.getRuntime().availableProcessors()));
	}

	/**
	 * A client whose event loops end soon after it without anybody waiting for them.
	 * Closing a client with the SDK's own event loops takes two seconds.
	 *
	 * @param netty the client
	 * @param loops its event loops
	 */
	private record OwningClient(SdkAsyncHttpClient netty, SdkEventLoopGroup loops) implements SdkAsyncHttpClient {

		@Override
		public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
			return this.netty.execute(request);
		}

		@Override
		public void close() {
			this.netty.close();
			this.loops.eventLoopGroup()
				.shutdownGracefully(QUIET.toMillis(), LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
		}

		@Override
		public String clientName() {
			return this.netty.clientName();
		}

	}

}
