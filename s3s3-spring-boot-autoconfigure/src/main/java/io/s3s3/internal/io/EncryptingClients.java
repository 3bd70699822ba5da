package io.s3s3.internal.io;

import java.util.Objects;
import java.util.stream.Stream;

import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Recognizes clients that encrypt objects in the application, as the <a href=
 * "https://docs.aws.amazon.com/amazon-s3-encryption-client/latest/developerguide/what-is-s3-encryption-client.html">
 * S3 encryption client</a> does. The bytes that such a client takes and gives are not
 * those that S3 has: neither their number nor a checksum or an ETag says anything of
 * them, and no part of them can be asked for. Stateless.
 */
public final class EncryptingClients {

	/** Its library need not be there. */
	private static final String ENCRYPTION_CLIENT = "software.amazon.encryption.s3.S3EncryptionClient";

	private static final ClassValue<Boolean> ENCRYPTS = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
				.anyMatch((superclass) -> superclass.getName().equals(ENCRYPTION_CLIENT));
		}

	};

	private EncryptingClients() {
	}

	/**
	 * Return whether a client encrypts, or hands its calls to one that does.
	 * @param client the client
	 * @return whether it encrypts
	 */
	public static boolean encrypts(S3Client client) {
		if (ENCRYPTS.get(client.getClass())) {
			return true;
		}
		return client instanceof DelegatingS3Client wrapper && wrapper.delegate() instanceof S3Client delegate
				&& encrypts(delegate);
	}

}
