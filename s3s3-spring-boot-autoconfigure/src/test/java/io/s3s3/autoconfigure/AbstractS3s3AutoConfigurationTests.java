package io.s3s3.autoconfigure;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.mockito.Mockito.mock;

/**
 * A context with two locations, of which nobody asks anything.
 */
abstract class AbstractS3s3AutoConfigurationTests {

	final ApplicationContextRunner pair = Contexts.bare()
		.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west",
				"s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false");

	@SuppressWarnings("unchecked")
	<T> T own(Class<T> type) {
		return (type == LocationPair.class)
				? (T) new LocationPair(io.s3s3.location.Location.of(LocationRole.PRIMARY, mock(S3Client.class), "a"),
						io.s3s3.location.Location.of(LocationRole.SECONDARY, mock(S3Client.class), "b"))
				: mock(type);
	}

	static S3ServiceClientConfiguration configurationOf(LocationPair locations, LocationRole role) {
		return locations.get(role).client().serviceClientConfiguration();
	}

}
