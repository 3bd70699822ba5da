package io.s3s3.autoconfigure;

import java.time.Duration;

import io.s3s3.autoconfigure.S3s3Properties.LocationProperties;
import io.s3s3.internal.http.BoundedDnsResolver;
import io.s3s3.internal.http.MinimumRate;
import io.s3s3.internal.http.ReadTimeouts;
import io.s3s3.internal.http.RenewableHttpClient;
import io.s3s3.internal.http.StallDetectingHttpClient;
import io.s3s3.internal.http.StallTimeouts;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.utils.AttributeMap;

import org.springframework.util.unit.DataSize;

/**
 * Builds the HTTP client of a location, none of whose timeouts depends on how long a
 * transfer takes as a whole.
 */
final class LocationHttpClientBuilder implements SdkHttpClient.Builder<LocationHttpClientBuilder> {

	static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

	static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

	static final Duration LAST_READ_TIMEOUT = Duration.ofSeconds(30);

	static final Duration LONG_READ_TIMEOUT = Duration.ofSeconds(30);

	static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);

	static final Duration MINIMUM_RATE_PERIOD = Duration.ofSeconds(5);

	static final int MAX_CONNECTIONS = 50;

	private final LocationProperties properties;

	private volatile boolean used;

	LocationHttpClientBuilder(LocationProperties properties) {
		this.properties = properties;
	}

	static boolean isConfiguredBy(LocationProperties properties) {
		return properties.connectTimeout() != null || properties.readTimeout() != null
				|| properties.lastReadTimeout() != null || properties.longReadTimeout() != null
				|| properties.writeTimeout() != null || properties.minimumRate() != null
				|| properties.minimumRatePeriod() != null || properties.maxConnections() != null;
	}

	/**
	 * Return how long a peer may stall.
	 * @param properties the properties of a location
	 * @return the limits
	 */
	static StallTimeouts limits(LocationProperties properties) {
		Duration usual = orElse(properties.readTimeout(), READ_TIMEOUT);
		Duration last = orElse(properties.lastReadTimeout(), longer(usual, LAST_READ_TIMEOUT));
		ReadTimeouts readTimeouts = new ReadTimeouts(usual, last,
				orElse(properties.longReadTimeout(), LONG_READ_TIMEOUT));
		return new StallTimeouts(orElse(properties.connectTimeout(), CONNECT_TIMEOUT),
				orElse(properties.writeTimeout(), WRITE_TIMEOUT), readTimeouts, minimumRate(properties));
	}

	/**
	 * Return whether the client of the location uses it: a customizer may have set
	 * another one.
	 */
	boolean isUsed() {
		return this.used;
	}

	@Override
	public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
		this.used = true;
		StallTimeouts limits = limits(this.properties);
		ReadTimeouts readTimeouts = limits.readTimeouts();
		BoundedDnsResolver dnsResolver = new BoundedDnsResolver();
		return new StallDetectingHttpClient(renewable(defaults, limits, readTimeouts.usual(), dnsResolver),
				renewable(defaults, limits, readTimeouts.longest(), dnsResolver), limits);
	}

	private SdkHttpClient renewable(AttributeMap defaults, StallTimeouts limits, Duration readTimeout,
			DnsResolver dnsResolver) {
		return new RenewableHttpClient(() -> Apache5HttpClient.builder()
			.connectionTimeout(limits.connectTimeout())
			// A connection that others hold becomes free when their attempts have ended.
			.connectionAcquisitionTimeout(limits.beforeAnswer(readTimeout))
			.socketTimeout(readTimeout)
			.maxConnections(maxConnections(this.properties))
			.dnsResolver(dnsResolver)
			.buildWithDefaults(defaults));
	}

	static int maxConnections(LocationProperties properties) {
		return orElse(properties.maxConnections(), MAX_CONNECTIONS);
	}

	private static @Nullable MinimumRate minimumRate(LocationProperties properties) {
		DataSize rate = properties.minimumRate();
		return (rate != null) ? new MinimumRate(rate, orElse(properties.minimumRatePeriod(), MINIMUM_RATE_PERIOD))
				: null;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	private static <T> T orElse(@Nullable T value, T other) {
		return (value != null) ? value : other;
	}

}
