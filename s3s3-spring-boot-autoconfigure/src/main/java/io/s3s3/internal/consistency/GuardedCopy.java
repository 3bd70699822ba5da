package io.s3s3.internal.consistency;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Makes a copy fail where its source is not the state that was written last.
 */
final class GuardedCopy {

	private GuardedCopy() {
	}

	/**
	 * Return the request with a condition on the ETag of its source, or for a version of
	 * it where it has one already, or one on a date, which S3
	 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">does
	 * not heed</a> beside an ETag.
	 * @param request a copy of an object or of a part
	 * @param source the state that was written last
	 */
	static S3Request of(S3Request request, ObjectIdentity source) {
		String eTag = source.eTag();
		String version = source.versionId();
		if (request instanceof CopyObjectRequest copy) {
			boolean free = copy.copySourceIfMatch() == null && copy.copySourceIfUnmodifiedSince() == null;
			return (eTag != null && free) ? copy.toBuilder().copySourceIfMatch(eTag).build() : versioned(copy, version);
		}
		UploadPartCopyRequest part = (UploadPartCopyRequest) request;
		boolean free = part.copySourceIfMatch() == null && part.copySourceIfUnmodifiedSince() == null;
		return (eTag != null && free) ? part.toBuilder().copySourceIfMatch(eTag).build() : versioned(part, version);
	}

	private static CopyObjectRequest versioned(CopyObjectRequest copy, @Nullable String version) {
		if (version == null) {
			return copy;
		}
		return (copy.copySource() != null)
				? copy.toBuilder().copySource(copy.copySource() + ObjectRead.VERSION + version).build()
				: copy.toBuilder().sourceVersionId(version).build();
	}

	private static UploadPartCopyRequest versioned(UploadPartCopyRequest part, @Nullable String version) {
		if (version == null) {
			return part;
		}
		return (part.copySource() != null)
				? part.toBuilder().copySource(part.copySource() + ObjectRead.VERSION + version).build()
				: part.toBuilder().sourceVersionId(version).build();
	}

}
