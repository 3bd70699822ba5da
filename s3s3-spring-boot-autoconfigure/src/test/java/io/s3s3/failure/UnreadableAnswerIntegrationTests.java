package io.s3s3.failure;

import java.util.function.Consumer;

import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link DefaultFailureClassifier} with what clients of the SDK throw at answers
 * that they cannot read.
 */
class UnreadableAnswerIntegrationTests {

	private static final Failure BROKEN = Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN);

	private final FailureClassifier classifier = new DefaultFailureClassifier(false);

	@ParameterizedTest
	@ValueSource(strings = { "<MaxKeys>2160142290</MaxKeys>", "<KeyCount></KeyCount>", "<KeyCount>many</KeyCount>",
			"<Contents><Key>k</Key><Size>9223372036854775808</Size></Contents>",
			"<Contents><Key>k</Key><LastModified>yesterday</LastModified></Contents>",
			"<EncodingType>url</EncodingType><Contents><Key>%zz</Key></Contents>", "<Contents>", "</Contents>",
			"&nbsp;", "\u0001" })
	void tellsOfADocument(String content) {
		String document = "<ListBucketResult><Name>b</Name>" + content + "</ListBucketResult>";

		assertBroken("Content-Length: %d\r\n\r\n%s".formatted(document.length(), document),
				(s3) -> s3.listObjectsV2((r) -> r.bucket("b")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-amz-mp-parts-count: many", "Last-Modified: yesterday", "Content-Length: NaN",
			"x-amz-missing-meta: 2160142290", "x-amz-object-lock-retain-until-date: never" })
	void tellsOfAHeaderOfAHeadRequest(String header) {
		assertBroken("ETag: \"e\"\r\n" + header + "\r\n\r\n", (s3) -> s3.headObject((r) -> r.bucket("b").key("k")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-amz-object-size: many", "Content-Length: -5", "Content-Length: 9223372036854775808",
			"Transfer-Encoding: gzip" })
	void tellsOfAHeaderOfAPut(String header) {
		assertBroken("ETag: \"e\"\r\n" + header + "\r\n\r\nbody",
				(s3) -> s3.putObject((r) -> r.bucket("b").key("k"), RequestBody.fromString("content")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-amz-mp-parts-count: many\r\nContent-Length: 0\r\n\r\n", "Content-Length: -5\r\n\r\n",
			"Content-Length: 9223372036854775808\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
			"Transfer-Encoding: chunked\r\n\r\n-1\r\n", "Transfer-Encoding: chunked\r\n\r\nlots\r\n" })
	void tellsOfAnObject(String answer) {
		assertBroken("ETag: \"e\"\r\n" + answer, (s3) -> s3.getObjectAsBytes((r) -> r.bucket("b").key("k")));
	}

	private void assertBroken(String answer, Consumer<S3Client> call) {
		try (FaultyEndpoint endpoint = AnsweringEndpoint.sending("HTTP/1.1 200 OK\r\nConnection: close\r\n" + answer);
				S3Client s3 = EmbeddedS3.client(endpoint.uri())) {
			Throwable error = catchThrowable(() -> call.accept(s3));

			assertThat(this.classifier.classify(error)).as("%s", error).isEqualTo(BROKEN);
		}
	}

}
