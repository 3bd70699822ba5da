package io.s3s3.failure;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Judges an answer of S3 by its status and error code, as listed in the <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList">S3
 * error code list</a>. An answer to a HEAD request has no code: only its status speaks.
 */
final class ServiceErrorRules {

	/** Codes of status 400 that say that the request itself is wrong. */
	private static final Set<String> WRONG_REQUEST = Set.of("AmbiguousGrantByEmailAddress",
			"CrossLocationLoggingProhibited", "EntityTooLarge", "EntityTooSmall",
			"IllegalVersioningConfigurationException", "InlineDataTooLarge", "InvalidArgument", "InvalidBucketName",
			"InvalidDigest", "InvalidEncryptionAlgorithmError", "InvalidPart", "InvalidPartOrder",
			"InvalidPolicyDocument", "InvalidRequest", "InvalidStorageClass", "InvalidTag",
			"InvalidTargetBucketForLogging", "InvalidURI", "KeyTooLongError", "MalformedACLError", "MalformedPolicy",
			"MalformedXML", "MaxMessageLengthExceeded", "MetadataTooLarge", "MissingRequestBodyError",
			"MissingSecurityHeader", "RequestHeaderSectionTooLarge", "UnexpectedContent",
			"UnresolvableGrantByEmailAddress", "UnsupportedArgument", "UnsupportedSignature", "UserKeyMustBeSpecified");

	/** Codes of any status that say that the credentials are not good here. */
	private static final Set<String> BAD_CREDENTIALS = Set.of("AccountProblem", "AuthorizationHeaderMalformed",
			"ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidSecurity",
			"InvalidToken", "NotSignedUp", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
			"SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException");

	/** Codes of any status that ask for fewer requests. */
	private static final Set<String> THROTTLED = Set.of("BandwidthLimitExceeded", "RequestLimitExceeded",
			"RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling",
			"ThrottlingException", "TooManyRequests", "TooManyRequestsException");

	private final boolean failoverOnAccessDenied;

	ServiceErrorRules(boolean failoverOnAccessDenied) {
		this.failoverOnAccessDenied = failoverOnAccessDenied;
	}

	Failure classify(SdkServiceException error) {
		if (!(error instanceof S3Exception)) {
			// Another service answered, such as the one that gives out the credentials.
			return Failure.ofLocation(FailureKind.CREDENTIALS, Effect.NOT_SENT);
		}
		int status = error.statusCode();
		String code = codeOf(error);
		if (error instanceof NoSuchBucketException || "NoSuchBucket".equals(code)) {
			return Failure.ofLocation(FailureKind.NO_SUCH_BUCKET, Effect.REJECTED);
		}
		if (status == 429 || contains(THROTTLED, code)) {
			return Failure.ofLocation(FailureKind.THROTTLED, Effect.REJECTED);
		}
		if (status == 401 || contains(BAD_CREDENTIALS, code)) {
			return Failure.ofLocation(FailureKind.CREDENTIALS, Effect.REJECTED);
		}
		if (status == 408 || "RequestTimeout".equals(code)) {
			return Failure.ofLocation(FailureKind.TIMEOUT, Effect.REJECTED);
		}
		return switch (status) {
			case 404 -> notFound(error, code);
			case 304, 409, 412, 416 -> Failure.ofCaller(FailureKind.ANSWER, Effect.REJECTED);
			case 301, 302, 303, 307, 308 -> Failure.ofLocation(FailureKind.REDIRECT, Effect.REJECTED);
			case 400 -> badRequest(code);
			case 403 -> forbidden(code);
			case 501 -> Failure.ofSetup(FailureKind.SERVER_ERROR, Effect.REJECTED);
			case 503 -> Failure.ofLocation(FailureKind.SERVER_ERROR,
					"ServiceUnavailable".equals(code) ? Effect.REJECTED : Effect.UNKNOWN);
			default -> byClass(status);
		};
	}

	private static Failure badRequest(@Nullable String code) {
		return contains(WRONG_REQUEST, code) ? Failure.ofCaller(FailureKind.REQUEST, Effect.REJECTED)
				: Failure.ofSetup(FailureKind.UNEXPECTED, Effect.REJECTED);
	}

	// S3 says what was not found; the SDK has types for its HEAD requests, which have no
	// body.
	private static Failure notFound(SdkServiceException error, @Nullable String code) {
		return (code == null && error.getClass() == S3Exception.class)
				? Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.REJECTED)
				: Failure.ofCaller(FailureKind.ANSWER, Effect.REJECTED);
	}

	private Failure forbidden(@Nullable String code) {
		if ("InvalidObjectState".equals(code)) {
			return Failure.ofCaller(FailureKind.ANSWER, Effect.REJECTED);
		}
		return new Failure(FailureKind.ACCESS_DENIED, this.failoverOnAccessDenied, false, Effect.REJECTED);
	}

	// A status below 300 is an error that S3 told in the body of a success.
	private static Failure byClass(int status) {
		return (status >= 400 && status < 500) ? Failure.ofCaller(FailureKind.REQUEST, Effect.REJECTED)
				: Failure.ofLocation(FailureKind.SERVER_ERROR, Effect.UNKNOWN);
	}

	private static boolean contains(Set<String> codes, @Nullable String code) {
		return code != null && codes.contains(code);
	}

	private static @Nullable String codeOf(SdkServiceException error) {
		AwsErrorDetails details = (error instanceof AwsServiceException aws) ? aws.awsErrorDetails() : null;
		return (details != null) ? details.errorCode() : null;
	}

}
