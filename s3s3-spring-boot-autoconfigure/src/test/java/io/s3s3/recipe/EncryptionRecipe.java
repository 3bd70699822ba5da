package io.s3s3.recipe;

import javax.crypto.SecretKey;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.encryption.s3.S3AsyncEncryptionClient;
import software.amazon.encryption.s3.S3EncryptionClient;

/**
 * What the page on other libraries shows of the encryption client.
 *
 * @param blocking a client that blocks
 * @param asynchronous a client that does not
 */
record EncryptionRecipe(S3Client blocking, S3AsyncClient asynchronous) {

	static EncryptionRecipe over(FailoverS3Client s3, FailoverS3AsyncClient s3Async, SecretKey key) {
		S3Client encrypting = S3EncryptionClient.builderV4()
			.aesKey(key)
			.wrappedClient(s3)
			.wrappedAsyncClient(s3Async)
			.build();
		S3AsyncClient encryptingAsync = S3AsyncEncryptionClient.builderV4().aesKey(key).wrappedClient(s3Async).build();
		return new EncryptionRecipe(encrypting, encryptingAsync);
	}

}
