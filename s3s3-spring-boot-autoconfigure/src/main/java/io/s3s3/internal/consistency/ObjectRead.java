package io.s3s3.internal.consistency;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * What a request reads. Immutable.
 *
 * @param key the key of the object
 * @param versionId the version, {@code null} for the current one
 * @param ifNoneMatch the ETag that the caller has, {@code null} if it names none
 */
record ObjectRead(String key, @Nullable String versionId, @Nullable String ifNoneMatch) {

	static final String VERSION = "?versionId=";

	/** A header that tells of the marker of a deletion. */
	static final String MARKER = "x-amz-delete-marker";

	static final String VERSION_ID = "x-amz-version-id";

	/**
	 * Return what a request reads.
	 * @param request the request
	 * @param sourceKey the key of the source, if it is a copy within the pair
	 * @return what it reads, or {@code null} if it reads no object
	 */
	static @Nullable ObjectRead of(S3Request request, @Nullable String sourceKey) {
		if (request instanceof GetObjectRequest get) {
			return of(get.key(), get.versionId(), get.ifNoneMatch());
		}
		if (request instanceof HeadObjectRequest head) {
			return of(head.key(), head.versionId(), head.ifNoneMatch());
		}
		if (request instanceof GetObjectAttributesRequest attributes) {
			return of(attributes.key(), attributes.versionId(), null);
		}
		if (request instanceof CopyObjectRequest copy) {
			return of(sourceKey, versionOf(copy.copySource(), copy.sourceVersionId()), null);
		}
		return (request instanceof UploadPartCopyRequest part)
				? of(sourceKey, versionOf(part.copySource(), part.sourceVersionId()), null) : null;
	}

	private static @Nullable ObjectRead of(@Nullable String key, @Nullable String versionId,
			@Nullable String ifNoneMatch) {
		return (key != null) ? new ObjectRead(key, versionId, ifNoneMatch) : null;
	}

	private static @Nullable String versionOf(@Nullable String source, @Nullable String versionId) {
		if (source == null || !source.contains(VERSION)) {
			return versionId;
		}
		return source.substring(source.indexOf(VERSION) + VERSION.length());
	}

	/**
	 * Return what a response shows of the object.
	 * @return the sighting, or {@code null} if it shows none
	 */
	static @Nullable Sighting sightingOf(@Nullable S3Response response, long heard) {
		if (response instanceof GetObjectResponse get) {
			return new Sighting(true, ObjectIdentity.of(get.versionId(), get.eTag()), get.lastModified(),
					ServerTime.of(get.sdkHttpResponse(), heard));
		}
		if (response instanceof HeadObjectResponse head) {
			return new Sighting(true, ObjectIdentity.of(head.versionId(), head.eTag()), head.lastModified(),
					ServerTime.of(head.sdkHttpResponse(), heard));
		}
		if (response instanceof GetObjectAttributesResponse attributes) {
			return new Sighting(true, ObjectIdentity.of(attributes.versionId(), attributes.eTag()),
					attributes.lastModified(), ServerTime.of(attributes.sdkHttpResponse(), heard));
		}
		return null;
	}

	/**
	 * Return the version id of the marker that a 404 tells of.
	 * @return the id, or {@code null} if it tells of none
	 */
	static @Nullable String markerOf(S3Exception error) {
		AwsErrorDetails details = error.awsErrorDetails();
		SdkHttpResponse http = (details != null) ? details.sdkHttpResponse() : null;
		if (http == null || http.firstMatchingHeader(MARKER).filter("true"::equals).isEmpty()) {
			return null;
		}
		return http.firstMatchingHeader(VERSION_ID).orElse(null);
	}

	/**
	 * Return a request for a version of what this reads.
	 * @return the request, or {@code null} if the request cannot name one
	 */
	static @Nullable S3Request versioned(S3Request request, String versionId) {
		if (request instanceof GetObjectRequest get) {
			return get.toBuilder().versionId(versionId).build();
		}
		if (request instanceof HeadObjectRequest head) {
			return head.toBuilder().versionId(versionId).build();
		}
		if (request instanceof CopyObjectRequest copy && copy.copySource() == null) {
			return copy.toBuilder().sourceVersionId(versionId).build();
		}
		if (request instanceof CopyObjectRequest copy) {
			return copy.toBuilder().copySource(copy.copySource() + VERSION + versionId).build();
		}
		return (request instanceof GetObjectAttributesRequest attributes)
				? attributes.toBuilder().versionId(versionId).build() : null;
	}

}
