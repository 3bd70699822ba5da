package io.s3s3.internal.operation;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.s3s3.internal.download.ObjectRange;
import io.s3s3.internal.http.AnswerGuard;
import io.s3s3.internal.http.AnswerSigns;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLegalHoldResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/**
 * Detects false successes: an empty body, or a page of some other server, with status
 * 200, which the SDK takes for an empty answer. Only contradictions to a valid answer
 * count: stores leave out much of what AWS always sends, and a write that took effect
 * must not be sent again. Stateless.
 */
public final class ResponseValidator {

	/** The members of each type of response that are in the document. */
	private static final Map<Class<?>, SdkField<?>[]> IN_DOCUMENT = new ConcurrentHashMap<>();

	private ResponseValidator() {
	}

	/**
	 * Require a genuine response of S3.
	 * @param response the response
	 * @param client the client that returned it
	 * @throws SdkClientException if it is not one
	 */
	public static void requireS3(S3Response response, SdkClient client) {
		SdkHttpResponse http = response.sdkHttpResponse();
		// A client that is not the SDK's own may return no HTTP response: there is
		// nothing to check.
		if (http == null) {
			return;
		}
		boolean told = tellsAnything(response);
		if (!told && hasPage(response, http, client)) {
			throw SdkClientException
				.create("Unable to parse the answer: it is a page of HTML, so it does not come from S3");
		}
		if (!told && alwaysTells(response)) {
			throw incomplete();
		}
		if (response instanceof HeadObjectResponse head && !ObjectRange.isPossibleLength(head.contentLength())) {
			throw incomplete();
		}
	}

	/**
	 * Return whether the body is a page of HTML. Without a document, there are only the
	 * headers to judge by, unless the client has looked at the body.
	 */
	private static boolean hasPage(S3Response response, SdkHttpResponse http, SdkClient client) {
		if (!AnswerSigns.claimsHtml(http) || AnswerSigns.hasHeaderOfS3(http) || AnswerSigns.describesObject(http)) {
			return false;
		}
		if (response instanceof HeadObjectResponse || response instanceof HeadBucketResponse) {
			return true;
		}
		return inDocument(response).length == 0 && AnswerSigns.claimsLength(http) && !AnswerGuard.isPartOf(client);
	}

	static SdkClientException incomplete() {
		return SdkClientException.create(
				"Unable to parse the answer: it lacks what S3 always sends, so it does not come from S3 or was truncated");
	}

	/**
	 * Return whether a response has content. An upload without its id has none, whatever
	 * else it has.
	 */
	private static boolean tellsAnything(S3Response response) {
		if (response instanceof CreateMultipartUploadResponse upload) {
			return upload.uploadId() != null;
		}
		for (SdkField<?> field : inDocument(response)) {
			if (isTold(field.getValueOrDefault(response))) {
				return true;
			}
		}
		return false;
	}

	private static SdkField<?>[] inDocument(S3Response response) {
		SdkField<?>[] known = IN_DOCUMENT.get(response.getClass());
		return (known != null) ? known : IN_DOCUMENT.computeIfAbsent(response.getClass(), (type) -> findIn(response));
	}

	private static SdkField<?>[] findIn(S3Response response) {
		return response.sdkFields()
			.stream()
			.filter((field) -> field.location() == MarshallLocation.PAYLOAD)
			.toArray(SdkField<?>[]::new);
	}

	private static boolean isTold(@Nullable Object value) {
		if (value instanceof SdkPojo document) {
			return document.sdkFields()
				.stream()
				.map((field) -> valueOf(field, document))
				.anyMatch(ResponseValidator::isTold);
		}
		return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)
				&& !(value instanceof Collection<?> list && list.isEmpty());
	}

	private static @Nullable Object valueOf(SdkField<?> field, SdkPojo document) {
		return field.getValueOrDefault(document);
	}

	/**
	 * Return whether a response has a document with content even if nothing is listed.
	 */
	private static boolean alwaysTells(S3Response response) {
		return response instanceof ListObjectsV2Response || response instanceof ListObjectsResponse
				|| response instanceof ListObjectVersionsResponse || response instanceof ListPartsResponse
				|| response instanceof ListMultipartUploadsResponse || response instanceof ListBucketsResponse
				|| response instanceof CopyObjectResponse || response instanceof UploadPartCopyResponse
				|| response instanceof CreateMultipartUploadResponse
				|| response instanceof CompleteMultipartUploadResponse || response instanceof GetObjectAclResponse
				|| response instanceof GetObjectRetentionResponse || response instanceof GetObjectLegalHoldResponse;
	}

}
