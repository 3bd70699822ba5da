package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.s3.S3AesProvider;
import io.awspring.cloud.autoconfigure.s3.S3RsaProvider;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Refuses to start where Spring Cloud AWS would encrypt objects in the application: the
 * failover client takes the place of the encrypting client, and objects would silently be
 * sent unencrypted.
 */
final class ClientSideEncryptionCheck {

	ClientSideEncryptionCheck(S3Properties properties, ObjectProvider<S3RsaProvider> rsaProvider,
			ObjectProvider<S3AesProvider> aesProvider) {
		boolean configured = (properties.getEncryption() != null
				&& StringUtils.hasText(properties.getEncryption().getKeyId())) || rsaProvider.getIfAvailable() != null
				|| aesProvider.getIfAvailable() != null;
		boolean present = ClassUtils.isPresent("software.amazon.encryption.s3.S3EncryptionClient",
				getClass().getClassLoader());
		Assert.state(!(configured && present),
				"s3s3 does not encrypt objects in the application, but spring.cloud.aws.s3.encryption asks for it. "
						+ "Define the beans primaryS3Client and secondaryS3Client as encrypting clients and leave out "
						+ "the property and the key providers, or set s3s3.enabled=false");
	}

}
