package io.s3s3.internal.consistency;

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
 * What requests write, and what the answers to them tell of it.
 */
abstract class WriteOutcome {

	/**
	 * Return the key of the object that a request writes or deletes.
	 * @return the key, or {@code null} if it does neither
	 */
	static @Nullable String keyOf(S3Request request) {
		if (request instanceof DeleteObjectRequest delete) {
			return (delete.versionId() != null) ? null : delete.key();
		}
		if (request instanceof PutObjectRequest put) {
			// What is appended at an offset is told by its ETag as any other write.
			return put.key();
		}
		if (request instanceof CopyObjectRequest copy) {
			return copy.destinationKey();
		}
		return (request instanceof CompleteMultipartUploadRequest complete) ? complete.key() : null;
	}

	static boolean isDeletion(S3Request request) {
		return request instanceof DeleteObjectRequest;
	}

	/**
	 * Return the state that a write has left; of a deletion, that of its marker.
	 * @param response the answer to it
	 */
	static ObjectIdentity identityOf(@Nullable S3Response response) {
		return (response instanceof DeleteObjectResponse deleted) ? ObjectIdentity.of(deleted.versionId(), null)
				: stored(response);
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

}
