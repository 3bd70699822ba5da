package io.s3s3.internal.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * The deletion, one by one, of those objects of a batch whose keys no
 * <a href="https://www.w3.org/TR/xml/#charsets">XML document</a> can represent, answered
 * like a batch deletion. S3 accepts such keys everywhere else, so whoever chooses keys
 * could otherwise break the deletion of all others. Not thread-safe.
 */
public final class SingleDeletions {

	private final DeleteObjectsRequest batch;

	private final @Nullable DeleteObjectsResponse answer;

	private final List<DeletedObject> deleted = new ArrayList<>();

	private final List<S3Error> errors = new ArrayList<>();

	private @Nullable SdkResponse last;

	/**
	 * Create the deletion.
	 * @param batch the request for all of the batch
	 * @param answer the answer to the rest of the batch, or {@code null} if there is no
	 * rest
	 */
	public SingleDeletions(DeleteObjectsRequest batch, @Nullable DeleteObjectsResponse answer) {
		this.batch = batch;
		this.answer = answer;
		this.last = answer;
		if (answer != null) {
			this.deleted.addAll(answer.deleted());
			this.errors.addAll(answer.errors());
		}
	}

	static boolean isNeededFor(ObjectIdentifier object) {
		return !object.key().codePoints().allMatch(SingleDeletions::isXml);
	}

	private static boolean isXml(int c) {
		return (c >= 0x20 && c <= 0xD7FF) || c == 0x9 || c == 0xA || c == 0xD || (c >= 0xE000 && c <= 0xFFFD)
				|| c >= 0x10000;
	}

	/**
	 * Record that an object was deleted.
	 * @param object the object
	 * @param response the answer
	 */
	public void deleted(ObjectIdentifier object, DeleteObjectResponse response) {
		this.last = (this.last != null) ? this.last : response;
		this.deleted.add(tellOf(object, response));
	}

	/**
	 * Record that an object was not deleted.
	 * @param object the object
	 * @param error why it was not
	 */
	public void failed(ObjectIdentifier object, Throwable error) {
		this.errors.add(DeletionAnswer.errorOf(object, error));
	}

	/**
	 * Return the answer for all of the batch.
	 * @return the answer
	 */
	public DeleteObjectsResponse answer() {
		DeleteObjectsResponse.Builder all = (this.answer != null) ? this.answer.toBuilder()
				: DeleteObjectsResponse.builder();
		if (this.answer == null && this.last != null) {
			all.sdkHttpResponse(this.last.sdkHttpResponse());
		}
		boolean quiet = Boolean.TRUE.equals(this.batch.delete().quiet());
		return all.deleted(quiet ? List.of() : this.deleted).errors(this.errors).build();
	}

	/**
	 * Return the request for one of the objects.
	 * @param object the object
	 * @return the request
	 */
	public DeleteObjectRequest requestFor(ObjectIdentifier object) {
		DeleteObjectsRequest batch = this.batch;
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

	private static DeletedObject tellOf(ObjectIdentifier object, DeleteObjectResponse response) {
		boolean marker = Boolean.TRUE.equals(response.deleteMarker());
		return DeletedObject.builder()
			.key(object.key())
			.versionId(object.versionId())
			.deleteMarker(response.deleteMarker())
			.deleteMarkerVersionId(marker ? response.versionId() : null)
			.build();
	}

}
