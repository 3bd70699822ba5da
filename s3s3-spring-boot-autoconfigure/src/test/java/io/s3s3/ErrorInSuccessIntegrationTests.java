package io.s3s3;

import java.util.List;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailureKind;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.GuardedClients;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of errors of S3 that come with the status of a success.
 */
class ErrorInSuccessIntegrationTests extends AbstractPrimaryAnswerTests {

	private static final String ERROR = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code>"
			+ "<Message>We encountered an internal error.</Message><RequestId>656c</RequestId></Error>";

	@ParameterizedTest
	@EnumSource(names = { "PUT_BYTES", "PUT_STREAMED", "LIST", "LIST_V2", "DELETE", "DELETE_OBJECTS", "COPY",
			"CREATE_UPLOAD", "UPLOAD_PART" })
	void areNoSuccess(Operation operation) {
		RequestFailedOver failover = failover(operation, "InternalError", "Content-Length: %d\r\n\r\n%s");

		assertThat(failover.getFailure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
		assertThat(failover.getError()).hasMessageContaining("We encountered an internal error");
	}

	@Test
	void areNoSuccessWhateverElseTheAnswerHas() {
		assertThat(failover(Operation.DELETE, "SlowDown",
				"x-amz-request-id: 656c\r\nETag: \"e\"\r\n" + "Content-Length: %d\r\n\r\n%s")
			.getFailure()
			.kind()).isEqualTo(FailureKind.THROTTLED);
		assertThat(failover(Operation.PUT_BYTES, "InternalError", "Connection: close\r\n\r\n%2$s").getFailure().kind())
			.isEqualTo(FailureKind.SERVER_ERROR);
	}

	private RequestFailedOver failover(Operation operation, String code, String rest) {
		String document = document(code);
		String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
				+ rest.formatted(document.length(), document);

		List<RequestFailedOver> failovers = call(
				AnsweringEndpoint.sending(answer.contains("Connection: close") ? answer
						: answer.replaceFirst("\r\n", "\r\nConnection: close\r\n")),
				GuardedClients::guarded, operation);

		assertThat(failovers).as("%s: %s", operation, answer).hasSize(1);
		return failovers.get(0);
	}

	private static String document(String code) {
		return ERROR.formatted(code);
	}

}
