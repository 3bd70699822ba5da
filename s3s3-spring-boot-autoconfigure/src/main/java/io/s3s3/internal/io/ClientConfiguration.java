package io.s3s3.internal.io;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

import org.springframework.util.function.SingletonSupplier;

/**
 * Reads the configuration of a client, if it discloses it: a client of the application
 * need not. The SDK builds the answer each time, so it is cached, but only for a while,
 * since a client may delegate to another one that is replaced. Thread-safe.
 */
public final class ClientConfiguration {

	private static final Supplier<Cache<SdkClient, Optional<S3ServiceClientConfiguration>>> KNOWN = SingletonSupplier
		.of(() -> Caffeine.newBuilder().weakKeys().expireAfterWrite(Duration.ofMinutes(1)).build());

	private ClientConfiguration() {
	}

	/**
	 * Return how a client is configured.
	 * @param client the client
	 * @return the configuration, or empty if the client does not disclose it
	 */
	public static Optional<S3ServiceClientConfiguration> of(SdkClient client) {
		Cache<SdkClient, Optional<S3ServiceClientConfiguration>> cache = KNOWN.get();
		Optional<S3ServiceClientConfiguration> known = cache.getIfPresent(client);
		return (known != null) ? known : cache.get(client, ClientConfiguration::ask);
	}

	/**
	 * Return the place that a client calls.
	 * @param client the client
	 * @return its endpoint, or otherwise its region, or empty if it discloses neither
	 */
	public static String placeOf(SdkClient client) {
		Optional<S3ServiceClientConfiguration> configuration = of(client);
		return configuration.flatMap(S3ServiceClientConfiguration::endpointOverride)
			.map(URI::toString)
			.or(() -> configuration.map(S3ServiceClientConfiguration::region).map(Region::id))
			.orElse("");
	}

	/**
	 * Return how a client is configured, without caching it.
	 * @param client the client
	 * @return the configuration, or empty if the client does not disclose it
	 */
	public static Optional<S3ServiceClientConfiguration> ask(SdkClient client) {
		try {
			return (client.serviceClientConfiguration() instanceof S3ServiceClientConfiguration configuration)
					? Optional.of(configuration) : Optional.empty();
		}
		catch (UnsupportedOperationException ex) {
			return Optional.empty();
		}
	}

}
