package io.s3s3.internal.engine;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Catches successes that are none: a page of some other server with status 200, which the
 * SDK takes for an answer with nothing in it. S3 gives every object an ETag, and answers
 * with HTML only where an object is HTML.
 */
final class AnswerCheck {

	private AnswerCheck() {
	}

	static void requireS3(S3Response response) {
		SdkHttpResponse http = response.sdkHttpResponse();
		if (http == null) {
			return;
		}
		if (response instanceof HeadObjectResponse head) {
			requireEntityTag(head.eTag());
			return;
		}
		if (response instanceof PutObjectResponse put) {
			requireEntityTag(put.eTag());
		}
		if (http.firstMatchingHeader("Content-Type").filter((type) -> type.startsWith("text/html")).isPresent()) {
			throw SdkClientException.create("Unable to parse the answer: it is a page of HTML, so it is not S3's");
		}
	}

	private static void requireEntityTag(@Nullable String entityTag) {
		if (entityTag == null) {
			throw SdkClientException.create("Unable to parse the answer: it has no ETag, so it is not S3's");
		}
	}

}
