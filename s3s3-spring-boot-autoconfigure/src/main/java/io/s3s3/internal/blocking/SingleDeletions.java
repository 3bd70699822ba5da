package io.s3s3.internal.blocking;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes the objects of a batch one by one whose keys no
 * <a href="https://www.w3.org/TR/xml/#charsets">XML document</a> can carry, and answers
 * as a batch deletion does. S3 takes such keys everywhere else, so that whoever chooses
 * keys could otherwise spoil the deletion of all others.
 */
final class SingleDeletions {

	private SingleDeletions() {
	}

	static boolean isNeededFor(ObjectIdentifier object) {
		return !object.key().codePoints().allMatch(SingleDeletions::isXml);
	}

	private static boolean isXml(int c) {
		return (c >= 0x20 && c <= 0xD7FF) || c == 0x9 || c == 0xA || c == 0xD || (c >= 0xE000 && c <= 0xFFFD)
				|| c >= 0x10000;
	}

	/**
	 * Delete objects one by one.
	 * @param client the client that deletes them
	 * @param batch the request for all of the batch
	 * @param objects the objects, at least one if there is no answer
	 * @param answer what was answered to the rest of the batch, {@code null} if there is
	 * no rest
	 * @return the answer for all
	 */
	static DeleteObjectsResponse add(S3Client client, DeleteObjectsRequest batch, List<ObjectIdentifier> objects,
			@Nullable DeleteObjectsResponse answer) {
		List<DeletedObject> deleted = new ArrayList<>();
		List<S3Error> errors = new ArrayList<>();
		SdkResponse last = answer;
		for (ObjectIdentifier object : objects) {
			try {
				DeleteObjectResponse response = client.deleteObject(requestFor(object, batch));
				last = (last != null) ? last : response;
				deleted.add(deleted(object, response));
			}
			catch (AbortedException ex) {
				throw ex;
			}
			catch (SdkException ex) {
				errors.add(DeletionAnswer.errorOf(object, ex));
			}
		}
		DeleteObjectsResponse.Builder all = (answer != null) ? answer.toBuilder() : DeleteObjectsResponse.builder();
		if (answer != null) {
			deleted.addAll(0, answer.deleted());
			errors.addAll(0, answer.errors());
		}
		else if (last != null) {
			all.sdkHttpResponse(last.sdkHttpResponse());
		}
		boolean quiet = Boolean.TRUE.equals(batch.delete().quiet());
		return all.deleted(quiet ? List.of() : deleted).errors(errors).build();
	}

	private static DeleteObjectRequest requestFor(ObjectIdentifier object, DeleteObjectsRequest batch) {
		return DeleteObjectRequest.builder()
			.bucket(batch.bucket())
			.key(object.key())
			.versionId(object.versionId())
			.ifMatch(object.eTag())
			.ifMatchLastModifiedTime(object.lastModifiedTime())
			.ifMatchSize(object.size())
			.mfa(batch.mfa())
			.requestPayer(batch.requestPayer())
			.bypassGovernanceRetention(batch.bypassGovernanceRetention())
			.expectedBucketOwner(batch.expectedBucketOwner())
			.overrideConfiguration(batch.overrideConfiguration().orElse(null))
			.build();
	}

	private static DeletedObject deleted(ObjectIdentifier object, DeleteObjectResponse response) {
		boolean marker = Boolean.TRUE.equals(response.deleteMarker());
		return DeletedObject.builder()
			.key(object.key())
			.versionId(object.versionId())
			.deleteMarker(response.deleteMarker())
			.deleteMarkerVersionId(marker ? response.versionId() : null)
			.build();
	}

}
