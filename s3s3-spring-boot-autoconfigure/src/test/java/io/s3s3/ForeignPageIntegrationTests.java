package io.s3s3;

import java.net.URI;
import java.util.List;
import java.util.function.Function;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailureKind;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.GuardedClients;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is made of the pages of proxies, firewalls and captive portals, whatever
 * was asked for.
 */
class ForeignPageIntegrationTests extends AbstractPrimaryAnswerTests {

	private static final String PAGE = "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>Welcome</body></html>";

	@ParameterizedTest
	@EnumSource(names = { "CONDITIONAL_PUT", "DELETE_VERSION", "BUCKET_VERSIONING" }, mode = EnumSource.Mode.EXCLUDE)
	void isNoSuccessWhateverWasAskedFor(Operation operation) {
		String page = "HTTP/1.1 200 OK\r\nServer: portal\r\nCache-Control: no-store\r\n"
				+ "Content-Type: text/html; charset=UTF-8\r\n";
		String length = "Content-Length: %d\r\n\r\n%s".formatted(PAGE.length(), PAGE);
		String chunk = "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n".formatted(PAGE.length(), PAGE);

		assertServedElsewhere(operation, page + length, GuardedClients::guarded, FailureKind.BROKEN_RESPONSE);
		assertServedElsewhere(operation, page + length, GuardedClients::plain, FailureKind.BROKEN_RESPONSE);
		assertServedElsewhere(operation, page + chunk, GuardedClients::guarded, FailureKind.BROKEN_RESPONSE);
		if (operation != Operation.HEAD) {
			assertServedElsewhere(operation, "HTTP/1.1 200 OK\r\n" + length, GuardedClients::guarded,
					FailureKind.BROKEN_RESPONSE);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 402, 403, 404, 405, 407, 409, 411, 413, 421, 429, 431, 451, 460, 499, 502, 503, 511 })
	void isNoErrorOfS3Either(int status) {
		String answer = "HTTP/1.1 %d As told\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
			.formatted(status, PAGE.length(), PAGE);
		FailureKind kind = (status == 429) ? FailureKind.THROTTLED
				: (status < 500) ? FailureKind.BROKEN_RESPONSE : FailureKind.SERVER_ERROR;

		for (Operation operation : List.of(Operation.PUT_BYTES, Operation.GET_BYTES, Operation.LIST_V2,
				Operation.DELETE)) {
			assertServedElsewhere(operation, answer, GuardedClients::plain, kind);
		}
		if (status != 404 && status != 429) {
			assertServedElsewhere(Operation.HEAD, answer, GuardedClients::plain, kind);
		}
	}

	private void assertServedElsewhere(Operation operation, String answer, Function<URI, S3Client> clients,
			FailureKind kind) {
		FaultyEndpoint primary = AnsweringEndpoint
			.sending(sent(operation, answer.replaceFirst("\r\n", "\r\nConnection: close\r\n")));

		List<RequestFailedOver> failovers = call(primary, clients, operation);

		assertThat(failovers).as("%s: %s", operation, answer).hasSize(1);
		assertThat(failovers.get(0).getFailure().kind()).as("%s: %s", operation, answer).isEqualTo(kind);
	}

	/**
	 * Return what is sent to a client that asks for something.
	 */
	String sent(Operation operation, String answer) {
		return answer;
	}

}
