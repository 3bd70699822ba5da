package io.s3s3.internal.io;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.DelegatingS3Client;

/**
 * Recognizes clients that encrypt objects in the application, as the <a href=
 * "https://docs.aws.amazon.com/amazon-s3-encryption-client/latest/developerguide/what-is-s3-encryption-client.html">
 * S3 encryption client</a> does. The bytes that such a client takes and returns are not
 * those that S3 stores: neither the length nor a checksum or an ETag applies to them, and
 * no part of them can be requested. Stateless.
 */
public final class EncryptingClients {

	/** Known by name, since their library need not be present. */
	private static final Set<String> ENCRYPTION_CLIENTS = Set.of("software.amazon.encryption.s3.S3EncryptionClient",
			"software.amazon.encryption.s3.S3AsyncEncryptionClient");

	private static final ClassValue<Boolean> ENCRYPTS = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
				.anyMatch((superclass) -> ENCRYPTION_CLIENTS.contains(superclass.getName()));
		}

	};

	private EncryptingClients() {
	}

	/**
	 * Return whether a client encrypts, or hands its calls to one that does.
	 * @param client the client
	 * @return whether it encrypts
	 */
	public static boolean encrypts(SdkClient client) {
		return ENCRYPTS.get(client.getClass())
				|| (delegateOf(client) instanceof SdkClient delegate && encrypts(delegate));
	}

	private static @Nullable Object delegateOf(SdkClient client) {
		if (client instanceof DelegatingS3Client wrapper) {
			return wrapper.delegate();
		}
		return (client instanceof DelegatingS3AsyncClient wrapper) ? wrapper.delegate() : null;
	}

}
