package io.s3s3.event;

import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * One call of one S3 operation, whatever locations it tries: the source of all its
 * events. Its {@code toString()} contains only the name of the operation, since requests
 * may carry encryption keys. Immutable.
 *
 * @param operation the name of the operation, such as {@code PutObject}
 * @param request the request as the caller made it
 * @param asynchronous whether its events arrive on any thread, one at a time; those of a
 * blocking call arrive on the thread that makes it
 * @since 0.1.0
 */
public record S3Call(String operation, S3Request request, boolean asynchronous) {

	/**
	 * Create a blocking call.
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
