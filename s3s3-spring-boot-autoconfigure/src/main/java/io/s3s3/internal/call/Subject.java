package io.s3s3.internal.call;

import java.util.List;

import io.s3s3.internal.route.RequestFields;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Names what a request is about, so that health can tell failures of one object from
 * failures of several.
 */
final class Subject {

	/** A copy fails because of its source rather than its destination. */
	private static final RequestFields<SdkField<?>[]> NAMES = RequestFields.named("SourceKey", "CopySource",
			"RenameSource", "Key", "Prefix", "KeyMarker", "Marker");

	private Subject() {
	}

	/**
	 * Return the subject of a request.
	 * @param request the request
	 * @return the object or the prefix that it names, or otherwise the kind of request
	 */
	static String of(S3Request request) {
		for (SdkField<?> member : NAMES.of(request)) {
			if (member.getValueOrDefault(request) instanceof String name) {
				return name;
			}
		}
		return firstDeleted(request);
	}

	private static String firstDeleted(S3Request request) {
		List<ObjectIdentifier> objects = (request instanceof DeleteObjectsRequest deletion && deletion.delete() != null)
				? deletion.delete().objects() : List.of();
		String key = objects.isEmpty() ? null : objects.get(0).key();
		return (key != null) ? key : request.getClass().getSimpleName();
	}

}
