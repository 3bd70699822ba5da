package io.s3s3.realpair;

import io.s3s3.FailoverS3Client;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.consistency.WriteToken;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Makes calls of this process.
 *
 * @param client makes them
 */
record TokenCalls(FailoverS3Client client) implements TokenUser {

	@Override
	public String put(String key, String value, String token) {
		try {
			after(token).putObject((request) -> request.key(key), RequestBody.fromString(value));
			return this.client.lastWrite(key).orElseThrow().value();
		}
		catch (SdkException ex) {
			return FAILED;
		}
	}

	@Override
	public String get(String key, String token) {
		return get(after(token), key);
	}

	/**
	 * Read a value as it is served to one who knows nothing of the other's writes.
	 */
	String served(String key) {
		return get(this.client.asServed(), key);
	}

	private static String get(FailoverS3Client client, String key) {
		try {
			return client.getObjectAsBytes((request) -> request.key(key)).asUtf8String();
		}
		catch (NotReplicatedException ex) {
			return REFUSED;
		}
		catch (NoSuchKeyException ex) {
			return NONE;
		}
		catch (SdkException ex) {
			return FAILED;
		}
	}

	private FailoverS3Client after(String token) {
		return token.equals(NONE) ? this.client : this.client.after(new WriteToken(token));
	}

}
