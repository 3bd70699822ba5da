package io.s3s3.failure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultFailureClassifier}.
 */
class DefaultFailureClassifierTests {

	private final FailureClassifier classifier = new DefaultFailureClassifier(false);

	@ParameterizedTest
	@CsvSource(textBlock = """
			# status, code,                   kind,            elsewhere, counts, effect
			200,      InternalError,          SERVER_ERROR,    true,      true,   UNKNOWN
			200,      SlowDown,               THROTTLED,       true,      true,   REJECTED
			301,      PermanentRedirect,      REDIRECT,        true,      true,   REJECTED
			304,      '',                     EXPECTED,          false,     false,  REJECTED
			307,      TemporaryRedirect,      REDIRECT,        true,      true,   REJECTED
			400,      '',                     UNEXPECTED,      true,      false,  REJECTED
			400,      AuthorizationHeaderMalformed, CREDENTIALS, true,    true,   REJECTED
			400,      BadDigest,              UNEXPECTED,      true,      false,  REJECTED
			400,      EntityTooLarge,         REQUEST,         false,     false,  REJECTED
			400,      ExpiredToken,           CREDENTIALS,     true,      true,   REJECTED
			400,      InvalidArgument,        REQUEST,         false,     false,  REJECTED
			400,      InvalidPart,            REQUEST,         false,     false,  REJECTED
			400,      InvalidToken,           CREDENTIALS,     true,      true,   REJECTED
			400,      KeyTooLongError,        REQUEST,         false,     false,  REJECTED
			400,      MalformedXML,           REQUEST,         false,     false,  REJECTED
			400,      NeverHeardOf,           UNEXPECTED,      true,      false,  REJECTED
			400,      NoSuchBucket,           NO_SUCH_BUCKET,  true,      true,   REJECTED
			400,      RequestTimeout,         TIMEOUT,         true,      false,  REJECTED
			401,      '',                     CREDENTIALS,     true,      true,   REJECTED
			403,      '',                     ACCESS_DENIED,   false,     false,  REJECTED
			403,      AccessDenied,           ACCESS_DENIED,   false,     false,  REJECTED
			403,      InvalidAccessKeyId,     CREDENTIALS,     true,      true,   REJECTED
			403,      InvalidObjectState,     EXPECTED,          false,     false,  REJECTED
			403,      RequestTimeTooSkewed,   CREDENTIALS,     true,      true,   REJECTED
			403,      SignatureDoesNotMatch,  CREDENTIALS,     true,      true,   REJECTED
			404,      '',                     BROKEN_RESPONSE, true,      true,   REJECTED
			404,      NoSuchBucket,           NO_SUCH_BUCKET,  true,      true,   REJECTED
			404,      NoSuchKey,              EXPECTED,          false,     false,  REJECTED
			404,      NoSuchUpload,           EXPECTED,          false,     false,  REJECTED
			405,      MethodNotAllowed,       REQUEST,         false,     false,  REJECTED
			408,      '',                     TIMEOUT,         true,      false,  REJECTED
			409,      OperationAborted,       EXPECTED,          false,     false,  REJECTED
			411,      MissingContentLength,   REQUEST,         false,     false,  REJECTED
			412,      PreconditionFailed,     EXPECTED,          false,     false,  REJECTED
			416,      InvalidRange,           EXPECTED,          false,     false,  REJECTED
			429,      '',                     THROTTLED,       true,      true,   REJECTED
			500,      InternalError,          SERVER_ERROR,    true,      true,   UNKNOWN
			501,      NotImplemented,         SERVER_ERROR,    true,      false,  REJECTED
			502,      '',                     SERVER_ERROR,    true,      true,   UNKNOWN
			503,      '',                     SERVER_ERROR,    true,      true,   UNKNOWN
			503,      ServiceUnavailable,     SERVER_ERROR,    true,      true,   REJECTED
			503,      SlowDown,               THROTTLED,       true,      true,   REJECTED
			504,      '',                     SERVER_ERROR,    true,      true,   UNKNOWN
			599,      '',                     SERVER_ERROR,    true,      true,   UNKNOWN
			""")
	void classifiesAnswers(int status, String code, FailureKind kind, boolean elsewhere, boolean counts,
			Effect effect) {
		assertThat(this.classifier.classify(answer(status, code)))
			.isEqualTo(new Failure(kind, elsewhere, counts, effect));
	}

	@ParameterizedTest
	@MethodSource
	void classifiesErrorsWithoutAnAnswer(Throwable error, Failure failure) {
		assertThat(this.classifier.classify(error)).isEqualTo(failure);
	}

	static Stream<Arguments> classifiesErrorsWithoutAnAnswer() {
		return Stream.of(
				Arguments.of(caused(new ConnectException("Connection refused")),
						location(FailureKind.CONNECTION, Effect.NOT_SENT)),
				Arguments.of(caused(new NoRouteToHostException()), location(FailureKind.CONNECTION, Effect.NOT_SENT)),
				Arguments.of(caused(new UnknownHostException("s3")), location(FailureKind.DNS, Effect.NOT_SENT)),
				Arguments.of(caused(new SSLHandshakeException("PKIX")), location(FailureKind.TLS, Effect.NOT_SENT)),
				Arguments.of(caused(new SSLPeerUnverifiedException("name")),
						location(FailureKind.TLS, Effect.NOT_SENT)),
				Arguments.of(caused(new SSLException("Unsupported or unrecognized SSL message")),
						location(FailureKind.TLS, Effect.NOT_SENT)),
				Arguments.of(caused(new SSLException("Tag mismatch")), location(FailureKind.TLS, Effect.UNKNOWN)),
				Arguments.of(caused(new SSLException("Reset", new SocketException("Connection reset"))),
						location(FailureKind.RESET, Effect.UNKNOWN)),
				Arguments.of(caused(new SocketTimeoutException("Connect timed out")),
						location(FailureKind.TIMEOUT, Effect.NOT_SENT)),
				Arguments.of(caused(new SocketTimeoutException("Read timed out")),
						location(FailureKind.TIMEOUT, Effect.UNKNOWN)),
				Arguments.of(caused(new SocketException("Connection reset")),
						location(FailureKind.RESET, Effect.UNKNOWN)),
				Arguments.of(caused(new EOFException()), location(FailureKind.RESET, Effect.UNKNOWN)),
				Arguments.of(caused(new IOException("Bad chunk")),
						location(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN)),
				Arguments.of(caused(new ConnectionRequestTimeoutException()),
						Failure.ofSetup(FailureKind.CONNECTION, Effect.NOT_SENT)),
				Arguments.of(SdkClientException.create("Unable to load credentials from any of the providers"),
						Failure.ofLocation(FailureKind.CREDENTIALS, Effect.NOT_SENT)),
				Arguments.of(SdkClientException.create("Could not parse XML response."),
						location(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN)),
				Arguments.of(SdkClientException.create("Data read has a different checksum than expected."),
						location(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN)),
				Arguments.of(RetryableException.create("Failed to read", new FileAlreadyExistsException("target")),
						Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN)),
				Arguments.of(RetryableException.create("Failed to read response."),
						location(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN)),
				Arguments.of(SdkClientException.create("Something"),
						Failure.ofSetup(FailureKind.UNEXPECTED, Effect.UNKNOWN)),
				Arguments.of(ApiCallAttemptTimeoutException.create(1), location(FailureKind.TIMEOUT, Effect.UNKNOWN)),
				Arguments.of(ApiCallTimeoutException.create(1), location(FailureKind.TIMEOUT, Effect.UNKNOWN)),
				Arguments.of(AbortedException.create("Thread was interrupted"),
						Failure.ofCaller(FailureKind.CANCELLED, Effect.UNKNOWN)),
				Arguments.of(caused(new InterruptedIOException()),
						Failure.ofCaller(FailureKind.CANCELLED, Effect.UNKNOWN)),
				Arguments.of(caused(new InterruptedException()),
						Failure.ofCaller(FailureKind.CANCELLED, Effect.UNKNOWN)),
				Arguments.of(SdkClientException.create("Unable to marshall", new IllegalArgumentException("Key")),
						Failure.ofCaller(FailureKind.REQUEST, Effect.NOT_SENT)),
				Arguments.of(new IllegalArgumentException("Key"),
						Failure.ofCaller(FailureKind.REQUEST, Effect.NOT_SENT)),
				Arguments.of(new OutOfMemoryError(), Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN)),
				Arguments.of(transformerFailure(new IllegalStateException("mine")),
						Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN)),
				Arguments.of(transformerFailure(new FileAlreadyExistsException("target")),
						Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN)),
				Arguments.of(transformerFailure(new SocketException("Connection reset")),
						location(FailureKind.RESET, Effect.UNKNOWN).incurable()));
	}

	@Test
	void tellsAMissingBucketOfAHeadRequestByItsType() {
		Throwable error = NoSuchBucketException.builder().statusCode(404).build();

		assertThat(this.classifier.classify(error).kind()).isEqualTo(FailureKind.NO_SUCH_BUCKET);
	}

	@Test
	void takesAnAnswerWithoutDetails() {
		Throwable error = NoSuchKeyException.builder().statusCode(404).build();

		assertThat(this.classifier.classify(error)).isEqualTo(Failure.ofCaller(FailureKind.EXPECTED, Effect.REJECTED));
	}

	@Test
	void failsOverOnAccessDeniedWhenAsked() {
		Failure failure = new DefaultFailureClassifier(true).classify(answer(403, "AccessDenied"));

		assertThat(failure).isEqualTo(new Failure(FailureKind.ACCESS_DENIED, true, false, Effect.REJECTED));
	}

	@Test
	void doesNotTrustALastAttemptThatWasNotSentWhenAnEarlierOneWas() {
		Throwable error = SdkClientException.builder()
			.cause(new ConnectException("Connection refused"))
			.numAttempts(2)
			.build();

		assertThat(this.classifier.classify(error)).isEqualTo(location(FailureKind.CONNECTION, Effect.UNKNOWN));
	}

	@Test
	void doesNotTrustALastAttemptThatWasRejectedWhenAnEarlierOneWasNot() {
		Throwable error = ((S3Exception) answer(412, "PreconditionFailed")).toBuilder().numAttempts(2).build();

		assertThat(this.classifier.classify(error)).isEqualTo(Failure.ofCaller(FailureKind.EXPECTED, Effect.UNKNOWN));
	}

	@Test
	void takesAnAnswerOfAnotherServiceForAMatterOfCredentials() {
		Throwable error = AwsServiceException.builder()
			.statusCode(403)
			.awsErrorDetails(AwsErrorDetails.builder().serviceName("Sts").errorCode("AccessDenied").build())
			.build();

		assertThat(this.classifier.classify(error))
			.isEqualTo(Failure.ofLocation(FailureKind.CREDENTIALS, Effect.NOT_SENT));
	}

	@Test
	void survivesACycleOfCauses() {
		Exception first = new Exception("first");
		first.initCause(new Exception("second", first));

		assertThat(this.classifier.classify(SdkClientException.create("cyclic", first)).kind())
			.isEqualTo(FailureKind.UNEXPECTED);
	}

	private static Throwable answer(int status, String code) {
		AwsErrorDetails details = AwsErrorDetails.builder().errorCode(code.isEmpty() ? null : code).build();
		return S3Exception.builder().statusCode(status).awsErrorDetails(details).build();
	}

	private static Throwable caused(Exception cause) {
		return SdkClientException.create("Unable to execute HTTP request", cause);
	}

	private static Throwable transformerFailure(Exception cause) {
		// As the SDK wraps it.
		return SdkClientException.create("Unable to unmarshall response",
				NonRetryableException.builder().cause(cause).build());
	}

	private static Failure location(FailureKind kind, Effect effect) {
		return Failure.ofLocation(kind, effect);
	}

	/**
	 * Has the name of Apache's exception.
	 */
	private static final class ConnectionRequestTimeoutException extends InterruptedIOException {

	}

}
