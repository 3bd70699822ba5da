package io.s3s3.internal.route;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Finds conditions of a write on the object that it replaces. Once the write has taken
 * effect they no longer hold: if it is sent again, it is refused as if it had never
 * happened. Conditions of reads, and those on the source of a copy, are not affected.
 */
public abstract class WriteConditions {

	private static final RequestFields<SdkField<?>[]> CONDITIONS = RequestFields.named("IfMatch", "IfNoneMatch",
			"IfMatchLastModifiedTime", "IfMatchSize", "IfMatchInitiatedTime", "ObjectIfMatch", "WriteOffsetBytes",
			"DestinationIfMatch", "DestinationIfNoneMatch", "DestinationIfModifiedSince",
			"DestinationIfUnmodifiedSince", "SourceIfMatch", "SourceIfNoneMatch", "SourceIfModifiedSince",
			"SourceIfUnmodifiedSince");

	/**
	 * Return whether a request is a write with a condition, or one at an offset, which is
	 * a condition on the length.
	 * @return whether it has any
	 */
	public static boolean areIn(S3Request request) {
		if (request instanceof GetObjectRequest || request instanceof HeadObjectRequest) {
			return false;
		}
		if (request instanceof DeleteObjectsRequest deletes && deletes.delete() != null) {
			return deletes.delete().objects().stream().anyMatch(WriteConditions::areIn);
		}
		for (SdkField<?> condition : CONDITIONS.of(request)) {
			if (condition.getValueOrDefault(request) != null) {
				return true;
			}
		}
		return false;
	}

	static boolean areIn(ObjectIdentifier object) {
		return object.eTag() != null || object.lastModifiedTime() != null || object.size() != null;
	}

}
