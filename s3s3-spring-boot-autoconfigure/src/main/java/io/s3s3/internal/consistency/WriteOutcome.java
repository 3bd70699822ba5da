package io.s3s3.internal.consistency;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What a request writes, and the state that it has left. Immutable.
 *
 * @param key the key of the object
 * @param kind what it does
 * @param identity the state that it left, as far as the answer tells
 */
record WriteOutcome(String key, Kind kind, ObjectIdentity identity) {

	/**
	 * Return what a request writes that was answered.
	 * @return what it wrote, or {@code null} if it writes no object
	 */
	static @Nullable WriteOutcome of(S3Request request, @Nullable S3Response response) {
		if (request instanceof DeleteObjectRequest delete) {
			return (delete.versionId() != null) ? null : of(delete.key(), Kind.DELETE, marker(response));
		}
		if (request instanceof PutObjectRequest put) {
			// What is appended at an offset is told by its ETag as any other write.
			return of(put.key(), Kind.PUT, stored(response));
		}
		if (request instanceof CopyObjectRequest copy) {
			return of(copy.destinationKey(), Kind.PUT, stored(response));
		}
		return (request instanceof CompleteMultipartUploadRequest complete)
				? of(complete.key(), Kind.PUT, stored(response)) : null;
	}

	private static @Nullable WriteOutcome of(@Nullable String key, Kind kind, ObjectIdentity identity) {
		return (key != null) ? new WriteOutcome(key, kind, identity) : null;
	}

	private static ObjectIdentity marker(@Nullable S3Response response) {
		return (response instanceof DeleteObjectResponse deleted) ? ObjectIdentity.of(deleted.versionId(), null)
				: ObjectIdentity.UNKNOWN;
	}

	private static ObjectIdentity stored(@Nullable S3Response response) {
		if (response instanceof PutObjectResponse put) {
			return identity(put.versionId(), put.eTag(), put.serverSideEncryption(), put.sseCustomerAlgorithm());
		}
		if (response instanceof CopyObjectResponse copy) {
			String eTag = (copy.copyObjectResult() != null) ? copy.copyObjectResult().eTag() : null;
			return identity(copy.versionId(), eTag, copy.serverSideEncryption(), copy.sseCustomerAlgorithm());
		}
		if (response instanceof CompleteMultipartUploadResponse complete) {
			return identity(complete.versionId(), complete.eTag(), complete.serverSideEncryption(), null);
		}
		return ObjectIdentity.UNKNOWN;
	}

	/**
	 * Return the identity of an object. One that is encrypted with a key of its own has
	 * another
	 * <a href= "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html">ETag</a>
	 * at each location.
	 */
	private static ObjectIdentity identity(@Nullable String versionId, @Nullable String eTag,
			@Nullable ServerSideEncryption encryption, @Nullable String customerAlgorithm) {
		boolean ownKey = customerAlgorithm != null || encryption == ServerSideEncryption.AWS_KMS
				|| encryption == ServerSideEncryption.AWS_KMS_DSSE;
		return ObjectIdentity.of(versionId, ownKey ? null : eTag);
	}

	/**
	 * Return the state that a copy was made of. The copy of an object that came in parts
	 * has another ETag than that.
	 */
	static ObjectIdentity sourceOf(CopyObjectResponse copy) {
		return ObjectIdentity.of(copy.copySourceVersionId(), stored(copy).eTag());
	}

	OwnWrite at(LocationRole location, OwnWrite.Span span) {
		return new OwnWrite(this.kind, location, this.identity, span);
	}

	/**
	 * Return this write as one that may have taken effect.
	 */
	OwnWrite maybe(LocationRole location, OwnWrite.Span span) {
		return new OwnWrite((this.kind == Kind.DELETE) ? Kind.MAYBE_DELETE : Kind.MAYBE_PUT, location,
				ObjectIdentity.UNKNOWN, span);
	}

}
