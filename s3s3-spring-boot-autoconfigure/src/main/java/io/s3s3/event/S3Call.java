package io.s3s3.event;

import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * One call of one S3 operation, whatever locations it tries: the source of all its
 * events. Its text names the operation alone, since requests may carry keys to encrypt
 * with. Immutable.
 *
 * @param operation the name of the operation, such as {@code PutObject}
 * @param request the request as the caller made it
 * @since 0.1.0
 */
public record S3Call(String operation, S3Request request) {

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

	@Override
	public String toString() {
		return this.operation + "@" + Integer.toHexString(hashCode());
	}

}
