package io.s3s3.internal.consistency;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
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
	 * @return the condition, or {@code null} if it names no single key, or is one on an
	 * upload
	 */
	static @Nullable WriteCondition of(S3Request request) {
		String key = (request instanceof CopyObjectRequest copy) ? copy.destinationKey()
				: request.getValueForField("Key", String.class).orElse(null);
		if (key == null || request instanceof AbortMultipartUploadRequest) {
			return null;
		}
		String ifMatch = request.getValueForField("IfMatch", String.class)
			.or(() -> request.getValueForField("ObjectIfMatch", String.class))
			.orElse(null);
		return new WriteCondition(key, ifMatch, request.getValueForField("IfNoneMatch", String.class).isPresent());
	}

	/**
	 * Return the condition of an object in a batch deletion that has one.
	 */
	static WriteCondition of(ObjectIdentifier object) {
		return new WriteCondition(object.key(), object.eTag(), false);
	}

	/**
	 * Return why a location must not be asked whether the condition holds.
	 * @param history what is remembered of the key
	 * @param location the location
	 * @return what the caller gets instead, or {@code null} if it may be asked
	 */
	@Nullable S3Exception refusal(KeyHistory history, LocationRole location) {
		if (mayHoldOfOld(history, location)) {
			return unchecked(this.key, history);
		}
		ObjectIdentity named = ObjectIdentity.of(null, this.ifMatch);
		return new KeyJudge(history).mayShowReplaced(location, named) ? failed() : null;
	}

	/**
	 * Return what the caller gets whose condition cannot be checked.
	 * @param key the key
	 * @param history what is remembered of it
	 */
	static S3Exception unchecked(String key, KeyHistory history) {
		return new NotReplicatedException(
				"The condition cannot be checked: the location that could be asked may not show what this process "
						+ "wrote of " + Printable.of(key) + history.atWriter());
	}

	private S3Exception failed() {
		String message = "This process has replaced what the condition names of " + Printable.of(this.key);
		S3Exception.Builder builder = S3Exception.builder();
		builder.message(message)
			.statusCode(412)
			.awsErrorDetails(AwsErrorDetails.builder()
				.serviceName("S3")
				.errorCode("PreconditionFailed")
				.errorMessage(message)
				.build());
		return (S3Exception) builder.build();
	}

	/**
	 * Return whether a location may take the condition to hold of an older state than the
	 * last write.
	 */
	private boolean mayHoldOfOld(KeyHistory history, LocationRole location) {
		return !history.hasGot(location) && history.anyLatest(OwnWrite::isAcknowledged) && !holdsOnlyOf(history);
	}

	/**
	 * Return whether the condition cannot hold of an older state than the last write.
	 * @param history what is remembered of the key
	 */
	private boolean holdsOnlyOf(KeyHistory history) {
		if (this.creates) {
			return history.isDeleted();
		}
		ObjectIdentity named = ObjectIdentity.of(null, this.ifMatch);
		return named.eTag() != null && !ANY.equals(this.ifMatch) && history.isETagOfLatest(named)
				&& !history.superseded().contains(named.eTag());
	}

}
