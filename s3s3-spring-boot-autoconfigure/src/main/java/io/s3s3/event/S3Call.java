package io.s3s3.event;

import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * One call of one S3 operation, whatever locations it tries: the source of all its
 * events. Its text names the operation alone, since requests may carry keys to encrypt
 * with. Immutable.
 *
 * @param operation the name of the operation, such as {@code PutObject}
 * @param request the request as the caller made it
 * @param asynchronous whether its events come on any thread, those of one call one after
 * the other; those of a call that blocks come on the thread that makes it
 * @since 0.1.0
 */
public record S3Call(String operation, S3Request request, boolean asynchronous) {

	/**
	 * Create a call that blocks.
	 * @param operation the name of the operation
	 * @param request the request as the caller made it
	 */
	public S3Call(String operation, S3Request request) {
		this(operation, request, false);
	}

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
