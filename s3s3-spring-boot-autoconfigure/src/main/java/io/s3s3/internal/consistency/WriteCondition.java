package io.s3s3.internal.consistency;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * The condition that a write puts on what is there before it. Immutable.
 *
 * @param key the key that is written
 * @param ifMatch the ETag that must be there, {@code null} if none must
 * @param creates whether nothing must be there
 */
record WriteCondition(String key, @Nullable String ifMatch, boolean creates) {

	private static final String ANY = "*";

	/**
	 * Return the condition of a write that has one.
	 * @param request the request
	 * @return the condition, or {@code null} if it names no single key
	 */
	static @Nullable WriteCondition of(S3Request request) {
		String key = (request instanceof CopyObjectRequest copy) ? copy.destinationKey()
				: request.getValueForField("Key", String.class).orElse(null);
		return (key != null) ? new WriteCondition(key, request.getValueForField("IfMatch", String.class).orElse(null),
				request.getValueForField("IfNoneMatch", String.class).isPresent()) : null;
	}

	/**
	 * Return whether the condition cannot hold of an older state than the last write.
	 * @param history what is remembered of the key
	 */
	boolean holdsOnlyOf(KeyHistory history) {
		if (this.creates) {
			return history.isDeleted();
		}
		ObjectIdentity named = ObjectIdentity.of(null, this.ifMatch);
		return named.eTag() != null && !ANY.equals(this.ifMatch) && history.isETagOfLatest(named)
				&& !history.superseded().contains(named.eTag());
	}

}
