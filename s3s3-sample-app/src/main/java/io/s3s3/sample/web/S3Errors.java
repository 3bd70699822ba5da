package io.s3s3.sample.web;

import java.util.Set;

import io.s3s3.failure.FailoverTrace;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns what the AWS SDK and s3s3 throw into a problem that says what was tried, and
 * nothing about the request.
 */
@RestControllerAdvice
class S3Errors {

	private static final Set<String> BLAME_THE_REQUEST = Set.of("InvalidArgument", "InvalidRequest", "InvalidURI",
			"KeyTooLongError", "MalformedXML");

	@ExceptionHandler
	ProblemDetail onNoSuchKey(NoSuchKeyException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no object with this key");
	}

	@ExceptionHandler
	ProblemDetail onS3Error(S3Exception ex) {
		AwsErrorDetails details = ex.awsErrorDetails();
		String code = (details != null) ? details.errorCode() : "status " + ex.statusCode();
		return problem(statusOf(code), ex, "S3 answered with an error: " + code);
	}

	@ExceptionHandler
	ProblemDetail onNoAnswer(SdkException ex) {
		return problem(HttpStatus.SERVICE_UNAVAILABLE, ex, "No location answered");
	}

	/**
	 * Return the problem of a request that s3s3 refused before anything was sent.
	 * @param ex says why
	 * @return the problem
	 */
	@ExceptionHandler
	ProblemDetail onRefusal(IllegalArgumentException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

	private static HttpStatus statusOf(String code) {
		if (code.equals("EntityTooLarge")) {
			return HttpStatus.CONTENT_TOO_LARGE;
		}
		return BLAME_THE_REQUEST.contains(code) ? HttpStatus.BAD_REQUEST : HttpStatus.BAD_GATEWAY;
	}

	private static ProblemDetail problem(HttpStatus status, SdkException ex, String detail) {
		String tried = FailoverTrace.of(ex).map((trace) -> ". " + trace.getMessage()).orElse("");
		return ProblemDetail.forStatusAndDetail(status, detail + tried);
	}

}
