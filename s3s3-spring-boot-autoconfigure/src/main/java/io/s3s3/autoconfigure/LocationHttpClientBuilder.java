package io.s3s3.autoconfigure;

import java.time.Duration;

import io.s3s3.autoconfigure.S3s3Properties.LocationProperties;
import io.s3s3.transfer.http.MinimumRate;
import io.s3s3.transfer.http.PatientHttpClient;
import io.s3s3.transfer.http.ProgressLimits;
import io.s3s3.transfer.http.WatchfulHttpClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.utils.AttributeMap;

import org.springframework.util.unit.DataSize;

/**
 * Builds the HTTP client of a location, with timeouts of which none depends on how long a
 * transfer takes as a whole.
 */
final class LocationHttpClientBuilder implements SdkHttpClient.Builder<LocationHttpClientBuilder> {

	static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

	static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

	static final Duration LONG_READ_TIMEOUT = Duration.ofSeconds(30);

	static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);

	static final Duration MINIMUM_RATE_PERIOD = Duration.ofSeconds(5);

	static final int MAX_CONNECTIONS = 50;

	private final LocationProperties properties;

	LocationHttpClientBuilder(LocationProperties properties) {
		this.properties = properties;
	}

	static boolean isConfiguredBy(LocationProperties properties) {
		return properties.connectTimeout() != null || properties.readTimeout() != null
				|| properties.longReadTimeout() != null || properties.writeTimeout() != null
				|| properties.minimumRate() != null || properties.minimumRatePeriod() != null
				|| properties.maxConnections() != null;
	}

	@Override
	public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
		Duration readTimeout = orElse(this.properties.readTimeout(), READ_TIMEOUT);
		Duration longReadTimeout = orElse(this.properties.longReadTimeout(), LONG_READ_TIMEOUT);
		return new PatientHttpClient(watched(defaults, readTimeout), watched(defaults, longReadTimeout));
	}

	private SdkHttpClient watched(AttributeMap defaults, Duration readTimeout) {
		Duration connectTimeout = orElse(this.properties.connectTimeout(), CONNECT_TIMEOUT);
		SdkHttpClient client = Apache5HttpClient.builder()
			.connectionTimeout(connectTimeout)
			// A connection that others hold is free when their attempts have ended.
			.connectionAcquisitionTimeout(connectTimeout.plus(readTimeout))
			.socketTimeout(readTimeout)
			.maxConnections(orElse(this.properties.maxConnections(), MAX_CONNECTIONS))
			.buildWithDefaults(defaults);
		return new WatchfulHttpClient(client,
				new ProgressLimits(orElse(this.properties.writeTimeout(), WRITE_TIMEOUT), readTimeout, minimumRate()));
	}

	private @Nullable MinimumRate minimumRate() {
		DataSize rate = this.properties.minimumRate();
		return (rate != null) ? new MinimumRate(rate, orElse(this.properties.minimumRatePeriod(), MINIMUM_RATE_PERIOD))
				: null;
	}

	private static <T> T orElse(@Nullable T value, T other) {
		return (value != null) ? value : other;
	}

}
