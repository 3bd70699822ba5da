package io.s3s3.failure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DefaultFailureClassifier} with errors that are not S3's, but those of
 * something before it.
 */
class ForeignAnswerTests {

	private static final Failure FOREIGN = Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.REJECTED);

	private final FailureClassifier classifier = new DefaultFailureClassifier(false);

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
			422, 423, 424, 425, 426, 428, 431, 451, 460, 463, 494, 495, 496, 497, 499 })
	void isAPageOfHtml(int status) {
		assertThat(classify(error(status, answer(status).putHeader("Content-Type", "text/html; charset=utf-8")
			.putHeader("Content-Length", "162")))).isEqualTo(FOREIGN);
	}

	@ParameterizedTest
	@CsvSource({ "403, application/json", "403, text/plain", "400, application/problem+json", "409, text/plain" })
	void isAnythingElseThatIsNoXml(int status, String type) {
		assertThat(classify(error(status, answer(status).putHeader("Content-Type", type)))).isEqualTo(FOREIGN);
	}

	@ParameterizedTest
	@ValueSource(ints = { 402, 405, 407, 411, 413, 421, 431, 451, 460, 499 })
	void isAnEmptyAnswerWithAStatusThatIsNotS3s(int status) {
		assertThat(classify(error(status, answer(status).putHeader("Content-Length", "0")))).isEqualTo(FOREIGN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-amz-request-id", "X-Amz-Id-2", "x-goog-request-id", "x-rgw-object-type",
			"x-minio-deployment-id", "x-oss-request-id", "x-obs-request-id" })
	void isNothingWithASignOfS3(String header) {
		SdkHttpResponse.Builder answer = answer(403).putHeader("Content-Type", "text/html").putHeader(header, "1");

		assertThat(classify(error(403, answer)).kind()).isEqualTo(FailureKind.ACCESS_DENIED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-amz-cf-id", "x-amz-cf-pop", "x-amzn-requestid", "x-amz-apigw-id", "cf-ray" })
	void mayHaveASignOfWhatStandsBeforeS3(String header) {
		SdkHttpResponse.Builder answer = answer(403).putHeader("Content-Type", "text/html").putHeader(header, "1");

		assertThat(classify(error(403, answer))).isEqualTo(FOREIGN);
	}

	@ParameterizedTest
	@CsvSource({ "400, UNEXPECTED", "401, CREDENTIALS", "403, ACCESS_DENIED", "409, EXPECTED", "412, EXPECTED",
			"416, EXPECTED" })
	void isNoAnswerToAHeadRequest(int status, FailureKind kind) {
		assertThat(classify(error(status, answer(status).putHeader("Content-Type", "application/xml"))).kind())
			.isEqualTo(kind);
		assertThat(classify(error(status, answer(status))).kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "304, EXPECTED", "302, REDIRECT", "408, TIMEOUT", "429, THROTTLED", "502, SERVER_ERROR",
			"503, SERVER_ERROR" })
	void isJudgedByAStatusThatMeansTheSameOfEverybody(int status, FailureKind kind) {
		assertThat(classify(error(status, answer(status).putHeader("Content-Type", "text/html"))).kind())
			.isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "403, AccessDenied, ACCESS_DENIED", "404, NoSuchKey, EXPECTED", "400, InvalidArgument, REQUEST" })
	void isNoneWithACodeOfS3WhateverItsHeaders(int status, String code, FailureKind kind) {
		SdkHttpResponse answer = answer(status).putHeader("Content-Type", "text/html").build();
		S3Exception error = (S3Exception) S3Exception.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).sdkHttpResponse(answer).build())
			.build();

		assertThat(classify(error).kind()).isEqualTo(kind);
	}

	private Failure classify(S3Exception error) {
		return this.classifier.classify(error);
	}

	private static SdkHttpResponse.Builder answer(int status) {
		return SdkHttpResponse.builder().statusCode(status);
	}

	private static S3Exception error(int status, SdkHttpResponse.Builder answer) {
		return (S3Exception) S3Exception.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().sdkHttpResponse(answer.build()).build())
			.build();
	}

}
