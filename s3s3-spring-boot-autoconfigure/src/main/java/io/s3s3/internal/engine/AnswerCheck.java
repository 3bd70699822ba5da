package io.s3s3.internal.engine;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Catches successes that are none: an empty body or a page of some other server with
 * status 200, which the SDK takes for an answer with nothing in it. Each answer is held
 * against the one thing that S3 never leaves out of it.
 */
final class AnswerCheck {

	private AnswerCheck() {
	}

	static void requireS3(S3Response response) {
		// A client that isn't the SDK's own may give no HTTP response: nothing to check.
		if (response.sdkHttpResponse() == null) {
			return;
		}
		if (isHtml(response)) {
			throw SdkClientException.create("Unable to parse the answer: it is a page of HTML, so it is not S3's");
		}
		if (lacksItsEssence(response)) {
			throw incomplete();
		}
	}

	static SdkClientException incomplete() {
		return SdkClientException.create(
				"Unable to parse the answer: it lacks what S3 always tells, so it is not S3's " + "or was cut short");
	}

	private static boolean isHtml(S3Response response) {
		// The type of a HEAD request's answer is that of the object.
		return !(response instanceof HeadObjectResponse) && response.sdkHttpResponse()
			.firstMatchingHeader("Content-Type")
			.filter((type) -> type.startsWith("text/html"))
			.isPresent();
	}

	private static boolean lacksItsEssence(S3Response response) {
		if (response instanceof HeadObjectResponse head) {
			return head.eTag() == null;
		}
		if (response instanceof PutObjectResponse put) {
			return put.eTag() == null;
		}
		if (response instanceof UploadPartResponse part) {
			return part.eTag() == null;
		}
		return essenceOfXml(response) == null;
	}

	private static @Nullable Object essenceOfXml(S3Response response) {
		if (response instanceof ListObjectsV2Response list) {
			return list.name();
		}
		if (response instanceof ListObjectsResponse list) {
			return list.name();
		}
		if (response instanceof ListObjectVersionsResponse list) {
			return list.name();
		}
		if (response instanceof CopyObjectResponse copy) {
			return (copy.copyObjectResult() != null) ? copy.copyObjectResult().eTag() : null;
		}
		if (response instanceof UploadPartCopyResponse copy) {
			return (copy.copyPartResult() != null) ? copy.copyPartResult().eTag() : null;
		}
		if (response instanceof CreateMultipartUploadResponse upload) {
			return upload.uploadId();
		}
		return (response instanceof CompleteMultipartUploadResponse upload) ? upload.eTag() : response;
	}

}
