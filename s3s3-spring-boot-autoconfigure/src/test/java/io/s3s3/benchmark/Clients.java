package io.s3s3.benchmark;

import java.net.URI;

import io.s3s3.FailoverS3Client;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Clients for servers on loopback.
 */
final class Clients {

	private Clients() {
	}

	static S3Client client(URI endpoint) {
		return client(endpoint, "access", "secret");
	}

	static S3Client client(URI endpoint, String accessKey, String secretKey) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
			.build();
	}

	static FailoverS3Client pair(S3Client primary, S3Client secondary) {
		return FailoverS3Client.builder().primary(primary, "east").secondary(secondary, "west").build();
	}

}
