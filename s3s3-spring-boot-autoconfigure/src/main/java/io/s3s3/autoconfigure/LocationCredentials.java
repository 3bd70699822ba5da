package io.s3s3.autoconfigure;

import io.s3s3.autoconfigure.S3s3Properties.CredentialsProperties;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Creates a credentials provider from properties.
 */
abstract class LocationCredentials {

	static @Nullable AwsCredentialsProvider of(CredentialsProperties properties) {
		String accessKey = properties.accessKey();
		String secretKey = properties.secretKey();
		if (accessKey != null && secretKey != null) {
			String token = properties.sessionToken();
			return StaticCredentialsProvider
				.create((token != null) ? AwsSessionCredentials.create(accessKey, secretKey, token)
						: AwsBasicCredentials.create(accessKey, secretKey));
		}
		return (properties.profile() != null) ? ProfileCredentialsProvider.create(properties.profile()) : null;
	}

}
