package io.s3s3.internal.http;

import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.GuardedClients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnswerGuard}.
 */
class AnswerGuardTests {

	@ParameterizedTest
	@ValueSource(strings = { "200 OK", "500 Internal Server Error" })
	void throwsWhatAClientThrowsForAnAnswerThatEndsEarly(String status) {
		String answer = "HTTP/1.1 %s\r\nContent-Length: 1000\r\n\r\n<".formatted(status);

		try (FaultyEndpoint endpoint = AnsweringEndpoint.sending(answer);
				S3Client client = GuardedClients.guarded(endpoint.uri())) {
			assertThatExceptionOfType(SdkClientException.class)
				.isThrownBy(() -> client.listObjectsV2((request) -> request.bucket("bucket")));
		}
	}

}
