package io.s3s3.autoconfigure;

import java.time.Duration;

import io.s3s3.autoconfigure.S3s3Properties.LocationProperties;
import io.s3s3.internal.http.StallDetectingAsyncHttpClient;
import io.s3s3.internal.http.StallTimeouts;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

import org.springframework.util.ClassUtils;

/**
 * Builds the asynchronous HTTP client of a location, of Netty and with the timeouts of
 * the blocking one. Those of Netty itself cannot tell a peer that stalls from a reader or
 * a body that takes its time, so they only catch what is left.
 */
final class LocationAsyncHttpClientBuilder implements SdkAsyncHttpClient.Builder<LocationAsyncHttpClientBuilder> {

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

	private static final boolean NETTY = ClassUtils.isPresent(
			"software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient",
			LocationAsyncHttpClientBuilder.class.getClassLoader());

	private final LocationProperties properties;

	LocationAsyncHttpClientBuilder(LocationProperties properties) {
		this.properties = properties;
	}

	/**
	 * Return whether there is what it builds upon.
	 */
	static boolean isPossible() {
		return NETTY;
	}

	@Override
	public SdkAsyncHttpClient buildWithDefaults(AttributeMap defaults) {
		StallTimeouts limits = LocationHttpClientBuilder.limits(this.properties);
		int maxConnections = LocationHttpClientBuilder.maxConnections(this.properties);
		SdkAsyncHttpClient netty = NettyNioAsyncHttpClient.builder()
			.connectionTimeout(limits.connectTimeout())
			.connectionAcquisitionTimeout(limits.beforeAnswer(limits.readTimeouts().longest()).multipliedBy(2))
			.readTimeout(LONGEST_PAUSE)
			.writeTimeout(LONGEST_PAUSE)
			.maxConcurrency(maxConnections)
			.buildWithDefaults(defaults);
		return new StallDetectingAsyncHttpClient(netty, limits, maxConnections);
	}

}
