package io.s3s3.internal.call;

import java.util.List;

import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Names what a request is about, so that health can tell failures of one object from
 * failures of several.
 */
final class Subject {

	/** A copy fails because of its source rather than its destination. */
	private static final String[] MEMBERS = { "SourceKey", "CopySource", "RenameSource", "Key", "Prefix", "KeyMarker",
			"Marker" };

	private Subject() {
	}

	/**
	 * Return the subject of a request.
	 * @param request the request
	 * @return the object or the prefix that it names, or otherwise the kind of request
	 */
	static String of(S3Request request) {
		for (String member : MEMBERS) {
			String value = request.getValueForField(member, String.class).orElse(null);
			if (value != null) {
				return value;
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
