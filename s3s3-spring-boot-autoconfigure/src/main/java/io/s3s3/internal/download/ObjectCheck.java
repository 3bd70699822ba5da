package io.s3s3.internal.download;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;

import io.s3s3.internal.http.AnswerSigns;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Detects answers to a download that do not come from S3: impossible lengths, and a page
 * of some other server in place of the object. An object may be a page as well, but then
 * it has an ETag, or something else that S3 or a compatible store says about objects.
 */
final class ObjectCheck {

	private ObjectCheck() {
	}

	/**
	 * Require that an answer contains an object.
	 * @param response the answer
	 * @param body its body
	 * @return the body, with all its bytes
	 * @throws RetryableException if it does not
	 */
	static AbortableInputStream requireObject(GetObjectResponse response, AbortableInputStream body) {
		if (!mayBePage(response)) {
			return body;
		}
		byte[] beginning = beginningOf(body);
		requireNoPage(beginning);
		return AbortableInputStream.create(new SequenceInputStream(new ByteArrayInputStream(beginning), body), body);
	}

	/**
	 * Require that an answer whose body has begun contains an object.
	 * @param response the answer
	 * @param first the first bytes, or {@code null} if there are none
	 * @throws RetryableException if it does not
	 */
	static void requireObject(GetObjectResponse response, @Nullable ByteBuffer first) {
		if (mayBePage(response) && first != null) {
			ByteBuffer bytes = first.duplicate();
			byte[] beginning = new byte[Math.min(bytes.remaining(), AnswerSigns.PEEK)];
			bytes.get(beginning);
			requireNoPage(beginning);
		}
	}

	/**
	 * Require that the length of an object is possible. Returns whether the answer shows
	 * no sign of S3, so that it may be a page.
	 */
	private static boolean mayBePage(GetObjectResponse response) {
		ContentRange range = ContentRange.of(response);
		if (!ObjectRange.isPossibleLength(response.contentLength()) || (range != null && !range.isPossible())) {
			throw RetryableException
				.create("The answer announces more bytes than an object can have, so it does not come from S3");
		}
		SdkHttpResponse http = response.sdkHttpResponse();
		return http != null && !AnswerSigns.describesObject(http) && !AnswerSigns.hasHeaderOfS3(http);
	}

	private static void requireNoPage(byte[] beginning) {
		if (AnswerSigns.isPage(beginning, beginning.length)) {
			throw RetryableException.create("The answer is a page of HTML without any sign of S3");
		}
	}

	private static byte[] beginningOf(AbortableInputStream body) {
		try {
			return body.readNBytes(AnswerSigns.PEEK);
		}
		catch (IOException ex) {
			throw RetryableException.create("The body of the answer did not begin", ex);
		}
	}

}
