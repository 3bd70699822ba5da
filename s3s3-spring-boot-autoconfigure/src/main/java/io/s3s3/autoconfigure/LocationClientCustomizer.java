package io.s3s3.autoconfigure;

import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Customizes the clients of a location, after all properties and after the customizers of
 * Spring Cloud AWS, which apply to all clients.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LocationClientCustomizer {

	/**
	 * Customize the client of a location.
	 * @param location the location
	 * @param builder the builder of its client
	 */
	void customize(LocationRole location, S3ClientBuilder builder);

	/**
	 * Customize the asynchronous client of a location. Does nothing by default.
	 * @param location the location
	 * @param builder the builder of its client
	 */
	default void customize(LocationRole location, S3AsyncClientBuilder builder) {
	}

}
