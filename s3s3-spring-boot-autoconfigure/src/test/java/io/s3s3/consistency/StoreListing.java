package io.s3s3.consistency;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists what is in a bucket. Stateless.
 */
final class StoreListing {

	private StoreListing() {
	}

	static S3Object object(StoredVersion version) {
		return S3Object.builder()
			.key(version.key())
			.eTag(version.eTag())
			.size((long) version.bytes().length)
			.lastModified(StoreAnswers.lastModified(version))
			.build();
	}

	static ListObjectVersionsResponse.Builder versions(SimulatedBucket bucket, ListObjectVersionsRequest request) {
		List<software.amazon.awssdk.services.s3.model.ObjectVersion> objects = new ArrayList<>();
		List<DeleteMarkerEntry> markers = new ArrayList<>();
		int most = (request.maxKeys() != null) ? request.maxKeys() : 1000;
		for (String key : bucket.keys(request.prefix())) {
			for (StoredVersion version : bucket.versions(key)) {
				if (objects.size() + markers.size() == most) {
					return ListObjectVersionsResponse.builder()
						.isTruncated(true)
						.versions(objects)
						.deleteMarkers(markers);
				}
				boolean latest = version.equals(bucket.current(key));
				String id = bucket.isVersioned() ? version.id() : "null";
				if (!version.isMarker()) {
					objects.add(object(version, id, latest));
				}
				else if (bucket.isVersioned()) {
					markers.add(marker(version, latest));
				}
			}
		}
		return ListObjectVersionsResponse.builder().isTruncated(false).versions(objects).deleteMarkers(markers);
	}

	private static software.amazon.awssdk.services.s3.model.ObjectVersion object(StoredVersion version, String id,
			boolean latest) {
		return software.amazon.awssdk.services.s3.model.ObjectVersion.builder()
			.key(version.key())
			.versionId(id)
			.isLatest(latest)
			.eTag(version.eTag())
			.size((long) version.bytes().length)
			.lastModified(StoreAnswers.lastModified(version))
			.build();
	}

	private static DeleteMarkerEntry marker(StoredVersion version, boolean latest) {
		return DeleteMarkerEntry.builder()
			.key(version.key())
			.versionId(version.id())
			.isLatest(latest)
			.lastModified(StoreAnswers.lastModified(version))
			.build();
	}

}
