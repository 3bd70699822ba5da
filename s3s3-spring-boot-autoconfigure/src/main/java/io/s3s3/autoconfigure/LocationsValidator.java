package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.s3s3.autoconfigure.S3s3Properties.CredentialsProperties;
import io.s3s3.autoconfigure.S3s3Properties.FailoverProperties;
import io.s3s3.autoconfigure.S3s3Properties.LocationProperties;
import io.s3s3.internal.call.AttemptLimits;
import io.s3s3.internal.io.ClientConfiguration;
import io.s3s3.internal.setting.Setting;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.util.StringUtils;

/**
 * Refuses invalid properties with an error that names the property.
 */
abstract class LocationsValidator {

	/** Timeouts are passed on in milliseconds, where zero means no timeout. */
	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofDays(1);

	static void validate(S3s3Properties properties) {
		LocationProperties primary = properties.primary();
		LocationProperties secondary = properties.secondary();
		List<String> missing = new ArrayList<>();
		if (primary == null || !StringUtils.hasText(primary.bucket())) {
			missing.add("s3s3.primary.bucket");
		}
		if (secondary == null || !StringUtils.hasText(secondary.bucket())) {
			missing.add("s3s3.secondary.bucket");
		}
		if (primary == null || secondary == null || !missing.isEmpty()) {
			throw LocationNotConfiguredException.withoutBuckets(missing);
		}
		InvalidProperties.named(() -> {
			validate("s3s3.primary", primary);
			validate("s3s3.secondary", secondary);
			FailoverProperties failover = properties.failover();
			return new AttemptLimits(failover.maxRounds(), failover.backOff(), failover.callTimeout());
		});
	}

	private static void validate(String prefix, LocationProperties properties) {
		requireDuration(prefix + ".connect-timeout", properties.connectTimeout());
		requireDuration(prefix + ".read-timeout", properties.readTimeout());
		requireDuration(prefix + ".last-read-timeout", properties.lastReadTimeout());
		requireDuration(prefix + ".long-read-timeout", properties.longReadTimeout());
		requireDuration(prefix + ".write-timeout", properties.writeTimeout());
		requireDuration(prefix + ".minimum-rate-period", properties.minimumRatePeriod());
		validateLastReadTimeout(prefix, properties);
		Setting.of(prefix + ".minimum-rate", properties.minimumRate())
			.require(properties.minimumRate() == null || properties.minimumRate().toBytes() > 0,
					"It must be more than zero.");
		Setting.of(prefix + ".max-connections", properties.maxConnections()).atLeast(1);
		LocationEndpoint.of(prefix + ".endpoint", properties.endpoint());
		validateCredentials(prefix + ".credentials", properties.credentials());
	}

	private static void validateLastReadTimeout(String prefix, LocationProperties properties) {
		Duration usual = (properties.readTimeout() != null) ? properties.readTimeout()
				: LocationHttpClientBuilder.READ_TIMEOUT;
		Duration last = properties.lastReadTimeout();
		Setting.of(prefix + ".last-read-timeout", last)
			.require(last == null || last.compareTo(usual) >= 0,
					"It must be at least " + prefix + ".read-timeout, which is " + usual + ".");
	}

	private static void validateCredentials(String prefix, CredentialsProperties credentials) {
		boolean hasKeys = credentials.accessKey() != null || credentials.secretKey() != null;
		if (hasKeys && credentials.profile() != null) {
			throw new MutuallyExclusiveConfigurationPropertiesException(
					List.of(prefix + ".access-key", prefix + ".profile"),
					List.of(prefix + ".access-key", prefix + ".profile"));
		}
		if ((hasKeys || credentials.sessionToken() != null) && !StringUtils.hasText(credentials.accessKey())) {
			throw LocationNotConfiguredException.without(prefix + ".access-key");
		}
		if (hasKeys && !StringUtils.hasText(credentials.secretKey())) {
			throw LocationNotConfiguredException.without(prefix + ".secret-key");
		}
	}

	/**
	 * Refuse a pair whose clients show that both locations are the same place.
	 * @param primary the primary's properties
	 * @param primaryClient its client
	 * @param secondary the secondary's properties
	 * @param secondaryClient its client
	 */
	static void requireDifference(LocationProperties primary, S3Client primaryClient, LocationProperties secondary,
			S3Client secondaryClient) {
		S3ServiceClientConfiguration one = ClientConfiguration.ask(primaryClient).orElse(null);
		S3ServiceClientConfiguration other = ClientConfiguration.ask(secondaryClient).orElse(null);
		if (one != null && other != null && Objects.equals(primary.bucket(), secondary.bucket())
				&& Objects.equals(one.region(), other.region()) && LocationEndpoint
					.isSame(one.endpointOverride().orElse(null), other.endpointOverride().orElse(null))) {
			throw new InvalidConfigurationPropertyValueException("s3s3.secondary.bucket", secondary.bucket(),
					"It is the primary's bucket too, in the same region and at the same endpoint. "
							+ "Failover needs another location.");
		}
	}

	private static void requireDuration(String name, @Nullable Duration value) {
		Setting.of(name, value).between(SHORTEST, LONGEST);
	}

}
