package io.s3s3.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.s3s3.autoconfigure.LazyS3AutoConfiguration;
import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.autoconfigure.S3s3AutoConfiguration;
import io.s3s3.autoconfigure.S3s3MetricsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Application contexts as the starter creates them.
 */
public final class Contexts {

	/**
	 * Each timeout of the primary of an impatient pair.
	 */
	public static final Duration IMPATIENCE = Duration.ofMillis(400);

	private Contexts() {
	}

	/**
	 * A context without a single property of s3s3 or of AWS.
	 * @return the runner
	 */
	public static ApplicationContextRunner bare() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				S3AutoConfiguration.class, JacksonAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				LazyS3AutoConfiguration.class, S3s3AutoConfiguration.class, S3s3MetricsAutoConfiguration.class));
	}

	/**
	 * A context with two locations, and without probes: most tests count connections.
	 * Blocking clients do not wait before they retry.
	 * @param primary the endpoint of the primary
	 * @param primaryBucket its bucket
	 * @param secondary the endpoint of the secondary
	 * @param secondaryBucket its bucket
	 * @return the runner
	 */
	public static ApplicationContextRunner pair(URI primary, String primaryBucket, URI secondary,
			String secondaryBucket) {
		List<String> properties = new ArrayList<>();
		properties.addAll(location("primary", primary, primaryBucket));
		properties.addAll(location("secondary", secondary, secondaryBucket));
		properties.add("s3s3.probe.enabled=false");
		return bare().withBean("promptRetries", LocationClientCustomizer.class, PromptRetries::new)
			.withPropertyValues(properties.toArray(String[]::new));
	}

	/**
	 * A context with two locations that gives up on the primary soon. The secondary gets
	 * all the time that a busy machine may need.
	 * @param primary the endpoint of the primary
	 * @param primaryBucket its bucket
	 * @param secondary the endpoint of the secondary
	 * @param secondaryBucket its bucket
	 * @return the runner
	 */
	public static ApplicationContextRunner impatientPair(URI primary, String primaryBucket, URI secondary,
			String secondaryBucket) {
		return pair(primary, primaryBucket, secondary, secondaryBucket).withPropertyValues(primaryTimeouts(IMPATIENCE));
	}

	/**
	 * Set all timeouts of the primary, and the least that may come within one.
	 * @param timeout how long each is
	 * @return the properties
	 */
	public static String[] primaryTimeouts(Duration timeout) {
		return new String[] { "s3s3.primary.connect-timeout=" + timeout, "s3s3.primary.read-timeout=" + timeout,
				"s3s3.primary.last-read-timeout=" + timeout, "s3s3.primary.long-read-timeout=" + timeout,
				"s3s3.primary.write-timeout=" + timeout, "s3s3.primary.minimum-rate=100B",
				"s3s3.primary.minimum-rate-period=" + timeout };
	}

	private static List<String> location(String role, URI endpoint, String bucket) {
		String prefix = "s3s3." + role + ".";
		return List.of(prefix + "bucket=" + bucket, prefix + "region=us-east-1", prefix + "endpoint=" + endpoint,
				prefix + "path-style=true", prefix + "credentials.access-key=" + EmbeddedS3.ACCESS_KEY,
				prefix + "credentials.secret-key=" + EmbeddedS3.SECRET_KEY, prefix + "connect-timeout=10s",
				prefix + "read-timeout=20s", prefix + "write-timeout=20s");
	}

}
