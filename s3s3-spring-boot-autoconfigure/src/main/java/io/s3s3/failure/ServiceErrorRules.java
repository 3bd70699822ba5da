package io.s3s3.failure;

import java.util.Set;

import io.s3s3.internal.http.AnswerSigns;
import io.s3s3.internal.text.ErrorCode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Judges an error that a server answered with: by its code if it has one (see
 * {@link ErrorCodes} and {@link UnknownErrorCode}), otherwise by its status, unless it
 * does not come from S3 at all. An answer to a HEAD request never has a code.
 */
final class ServiceErrorRules {

	/** These mean the same, whoever sends them. */
	private static final Set<Integer> SPEAK_FOR_THEMSELVES = Set.of(408, 429);

	/** What S3 answers a HEAD request with, where only the status says anything. */
	private static final Set<Integer> OF_HEAD = Set.of(400, 401, 403, 404, 409, 412, 416);

	private final boolean failoverOnAccessDenied;

	ServiceErrorRules(boolean failoverOnAccessDenied) {
		this.failoverOnAccessDenied = failoverOnAccessDenied;
	}

	Failure classify(SdkServiceException error) {
		if (!(error instanceof S3Exception)) {
			// Another service answered, such as the one that issues the credentials.
			return Failure.ofLocation(FailureKind.CREDENTIALS, Effect.NOT_SENT);
		}
		int status = error.statusCode();
		AwsErrorDetails details = detailsOf(error);
		String code = (error instanceof NoSuchBucketException) ? "NoSuchBucket" : codeOf(error);
		if (code == null) {
			return isOfSomethingElse(status, details) ? Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.REJECTED)
					: byStatus(status, error);
		}
		ErrorMeaning meaning = meaningOf(code);
		if (meaning == null || (status >= 500 && !holdsForServerErrors(meaning))) {
			return byStatusAndUnknownCode(status, code, error);
		}
		return (meaning == ErrorMeaning.ACCESS_DENIED) ? accessDenied(status) : meaning.failure();
	}

	// S3 gives each error of status 400 to 499 a code, but for those that answer a HEAD
	// request. The answers of proxies have none.
	private static boolean isOfSomethingElse(int status, @Nullable AwsErrorDetails details) {
		if (status < 400 || status > 499 || SPEAK_FOR_THEMSELVES.contains(status)) {
			return false;
		}
		SdkHttpResponse response = (details != null) ? details.sdkHttpResponse() : null;
		if (response == null) {
			return !OF_HEAD.contains(status);
		}
		return !AnswerSigns.hasHeaderOfS3(response)
				&& (AnswerSigns.claimsOtherThanXml(response) || !OF_HEAD.contains(status));
	}

	private static @Nullable ErrorMeaning meaningOf(String code) {
		ErrorMeaning meaning = ErrorCodes.meaningOf(code);
		return (meaning == null && UnknownErrorCode.throttles(code)) ? ErrorMeaning.THROTTLED : meaning;
	}

	// A server that answers with 500 or above has failed, whatever the code says about
	// the request.
	private static boolean holdsForServerErrors(ErrorMeaning meaning) {
		return switch (meaning) {
			case CREDENTIALS, THROTTLED, NO_SUCH_BUCKET, UNAVAILABLE, STATE -> true;
			default -> false;
		};
	}

	private Failure byStatusAndUnknownCode(int status, String code, SdkServiceException error) {
		if (status <= 400) {
			// With a status below 300, S3 reported the error in the body of a success.
			return UnknownErrorCode.blamesRequest(code) ? ErrorMeaning.REQUEST.failure() : byStatus(status, error);
		}
		return (status == 404) ? ErrorMeaning.EXPECTED.failure() : byStatus(status, error);
	}

	private Failure byStatus(int status, SdkServiceException error) {
		return switch (status) {
			case 304, 409, 412, 416 -> ErrorMeaning.EXPECTED.failure();
			case 301, 302, 303, 307, 308 -> ErrorMeaning.REDIRECT.failure();
			case 400 -> Failure.ofSetup(FailureKind.UNEXPECTED, Effect.REJECTED);
			case 401 -> ErrorMeaning.CREDENTIALS.failure();
			case 403 -> accessDenied(status);
			case 404 -> notFound(error);
			case 408 -> ErrorMeaning.WAITED.failure();
			case 429 -> ErrorMeaning.THROTTLED.failure();
			case 501 -> ErrorMeaning.STATE.failure();
			default -> (status >= 400 && status < 500) ? ErrorMeaning.REQUEST.failure() : ErrorMeaning.FAILED.failure();
		};
	}

	// S3 says what was not found; the SDK has types for its HEAD requests, which have no
	// body.
	private static Failure notFound(SdkServiceException error) {
		return (error.getClass() == S3Exception.class)
				? Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.REJECTED) : ErrorMeaning.EXPECTED.failure();
	}

	private Failure accessDenied(int status) {
		if (status == 401) {
			return ErrorMeaning.CREDENTIALS.failure();
		}
		Failure denied = ErrorMeaning.ACCESS_DENIED.failure();
		return this.failoverOnAccessDenied ? Failure.ofSetup(denied.kind(), denied.effect()) : denied;
	}

	private static @Nullable AwsErrorDetails detailsOf(SdkServiceException error) {
		return (error instanceof AwsServiceException aws) ? aws.awsErrorDetails() : null;
	}

	private static @Nullable String codeOf(SdkServiceException error) {
		String code = ErrorCode.of(error);
		return (code == null || code.isBlank()) ? null : code.trim();
	}

}
