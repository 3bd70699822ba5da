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
 * Builds the asynchronous HTTP client of a location, of Netty and with the timeouts of
 * the blocking one. Those of Netty itself cannot tell a peer that stalls from a reader or
 * a body that takes its time, so they only catch what is left.
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
	 * Return whether there is what it builds upon.
	 */
	static boolean isPossible() {
		return NETTY;
	}

	/**
	 * Return whether the client of the location has it: a customizer may bring another
	 * one.
	 */
	boolean isUsed() {
		return this.used;
	}

	@Override
	public SdkAsyncHttpClient buildWithDefaults(AttributeMap defaults) {
		this.used = true;
		StallTimeouts limits = LocationHttpClientBuilder.limits(this.properties);
		int maxConnections = LocationHttpClientBuilder.maxConnections(this.properties);
		SdkEventLoopGroup loops = SdkEventLoopGroup.builder().build();
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
	 * A client whose event loops end soon after it, for which nobody waits: those that
	 * the SDK makes by itself keep whoever closes it waiting for two seconds.
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
