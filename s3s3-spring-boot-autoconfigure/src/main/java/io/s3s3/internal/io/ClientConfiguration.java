package io.s3s3.internal.io;

import java.util.Optional;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/**
 * Reads how a client is configured, if it tells: one of the application need not.
 */
public final class ClientConfiguration {

	private ClientConfiguration() {
	}

	/**
	 * Return how a client is configured.
	 * @param client the client
	 * @return the configuration, or empty if the client does not tell
	 */
	public static Optional<S3ServiceClientConfiguration> of(S3Client client) {
		try {
			return Optional.ofNullable(client.serviceClientConfiguration());
		}
		catch (UnsupportedOperationException ex) {
			return Optional.empty();
		}
	}

}
