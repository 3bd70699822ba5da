package io.s3s3.internal.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Recognizes answers whose status is that of a success, and whose document is not: a page
 * of HTML, or an error of S3. Without a document to read, or with one that lacks what is
 * read, the SDK takes both for a success. Stateless.
 */
final class FalseSuccess {

	private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");

	private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

	private FalseSuccess() {
	}

	/**
	 * Return why an answer is no success.
	 * @param request the request
	 * @param response the answer, whose status is that of a success
	 * @param beginning the beginning of its document
	 * @return the error, or {@code null} if it looks genuine
	 */
	static @Nullable SdkException find(SdkRequest request, SdkHttpResponse response, byte[] beginning) {
		if (AnswerSigns.isError(beginning, beginning.length)) {
			return isReadBySdk(request) ? null : error(response, AnswerSigns.text(beginning, beginning.length));
		}
		return (mayBePage(response) && AnswerSigns.isPage(beginning, beginning.length))
				? SdkClientException.create("Unable to parse the answer: it is a page of HTML, so it is not S3's")
				: null;
	}

	/**
	 * Return whether the SDK itself expects an error in a success. See <a href=
	 * "https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>.
	 */
	private static boolean isReadBySdk(SdkRequest request) {
		return request instanceof CopyObjectRequest || request instanceof UploadPartCopyRequest
				|| request instanceof CompleteMultipartUploadRequest;
	}

	private static boolean mayBePage(SdkHttpResponse response) {
		return !AnswerSigns.describesObject(response) && !AnswerSigns.hasHeaderOfS3(response);
	}

	private static SdkException error(SdkHttpResponse response, String document) {
		String code = first(CODE, document);
		String message = first(MESSAGE, document);
		return S3Exception.builder()
			.statusCode(response.statusCode())
			.requestId(response.firstMatchingHeader("x-amz-request-id").orElse(null))
			.message((message != null) ? message : "The answer is an error")
			.awsErrorDetails(AwsErrorDetails.builder()
				.serviceName("S3")
				.errorCode(code)
				.errorMessage(message)
				.sdkHttpResponse(response)
				.build())
			.build();
	}

	private static @Nullable String first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? matcher.group(1) : null;
	}

}
