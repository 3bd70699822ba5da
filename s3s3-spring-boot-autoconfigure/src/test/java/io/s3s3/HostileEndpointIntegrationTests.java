package io.s3s3;

import java.util.List;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.http.AnswerGuard;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.GuardedClients;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is made of a primary that answers without end, or with lengths that
 * cannot be true.
 */
class HostileEndpointIntegrationTests extends AbstractPrimaryAnswerTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

	@ParameterizedTest
	@EnumSource(names = { "LIST", "LIST_V2", "COPY", "DELETE_OBJECTS", "CREATE_UPLOAD" })
	void documentsEndAtALimit(Operation operation) {
		assertServedElsewhere(
				AnsweringEndpoint.sendingForEver(OK + "\r\n<Result><Name>b</Name>",
						"<Contents><Key>some/key</Key><Size>1</Size></Contents>"),
				FailureKind.BROKEN_RESPONSE, operation);
		assertServedElsewhere(AnsweringEndpoint.sendingForEver(OK + "\r\n<Result><Name>", "x"),
				FailureKind.BROKEN_RESPONSE, operation);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Filler: x\r\n", "x" })
	void headsEndAtALimit(String repeated) {
		assertServedElsewhere(AnsweringEndpoint.sendingForEver(OK + "X-Filler: ", repeated),
				FailureKind.BROKEN_RESPONSE, Operation.GET_BYTES);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 500, 503 })
	void errorsEndAtALimit(int status) {
		String head = "HTTP/1.1 %d As told\r\nConnection: close\r\nContent-Type: application/xml\r\n\r\n"
			.formatted(status);
		for (Operation operation : List.of(Operation.GET_BYTES, Operation.LIST_V2, Operation.PUT_BYTES,
				Operation.DELETE)) {
			assertServedElsewhere(
					AnsweringEndpoint.sendingForEver(head + "<Error><Code>AccessDenied</Code><Message>", "x"),
					FailureKind.BROKEN_RESPONSE, operation);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PUT_BYTES", "DELETE" })
	void bodiesThatNobodyAskedForAreNotRead(Operation operation) {
		List<RequestFailedOver> failovers = call(AnsweringEndpoint.sendingForEver(OK + "ETag: \"e\"\r\n\r\n", "x"),
				GuardedClients::guarded, operation);

		assertThat(failovers).isEmpty();
	}

	@Test
	void clientsOfTheStarterAreGuardedWhateverCustomizersDo() {
		LocationClientCustomizer customizer = (role, builder) -> builder
			.overrideConfiguration(ClientOverrideConfiguration.builder().build());

		Contexts.pair(this.secondary.endpoint(), "east", this.secondary.endpoint(), "west")
			.withBean(LocationClientCustomizer.class, () -> customizer)
			.run((context) -> {
				LocationPair pair = context.getBean(LocationPair.class);
				assertThat(AnswerGuard.isPartOf(pair.primary().client())).isTrue();
				assertThat(AnswerGuard.isPartOf(pair.secondary().client())).isTrue();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 9223372036854775807", "Content-Length: 9223372036854775808",
			"Content-Length: 99999999999999999999999", "Content-Length: -1",
			"Content-Length: 7\r\nContent-Range: bytes 0-6/99999999999999999999",
			"Content-Length: 7\r\nContent-Range: bytes 99999999999999999999-99999999999999999999/*",
			"Content-Length: 7\r\nContent-Range: bytes 6-0/7", "Content-Length: 7\r\nContent-Range: bytes 0-6/3",
			"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF", "Transfer-Encoding: chunked\r\n\r\n-7" })
	void lengthsThatCannotBeTrueAreNoAnswer(String lengths) {
		for (Operation operation : List.of(Operation.GET_BYTES, Operation.GET_STREAM, Operation.GET_FILE)) {
			assertServedElsewhere(AnsweringEndpoint.sending(OK + "ETag: \"e\"\r\n" + lengths + "\r\n\r\ncontent"),
					FailureKind.BROKEN_RESPONSE, operation);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "NaN", "9223372036854775808", "9223372036854775807" })
	void lengthsThatCannotBeTrueAreNoAnswerToAHeadRequest(String length) {
		assertServedElsewhere(AnsweringEndpoint.sending(OK + "ETag: \"e\"\r\nContent-Length: " + length + "\r\n\r\n"),
				FailureKind.BROKEN_RESPONSE, Operation.HEAD);
	}

	private void assertServedElsewhere(FaultyEndpoint hostile, FailureKind kind, Operation operation) {
		List<RequestFailedOver> failovers = call(hostile, GuardedClients::guarded, operation);

		assertThat(failovers).as("%s", operation).hasSize(1);
		assertThat(failovers.get(0).getReason()).as("%s: %s", operation, failovers.get(0).getError()).isEqualTo(kind);
	}

}
