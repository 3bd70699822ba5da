package io.s3s3;

import java.nio.file.Path;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.internal.http.AnswerGuard;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.JoinedS3Client;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3AsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the asynchronous client copes with a hostile primary. Unlike the blocking one, the
 * SDK reads bodies that nobody asked for, as far as it is let; Netty does not tell a body
 * whose chunks are none from one that is over, and a head without end from none.
 */
class AsyncHostileEndpointIntegrationTests extends HostileEndpointIntegrationTests {

	@Override
	void run(Operation operation, FailoverS3Client s3, Path target) throws Exception {
		JoinedS3Client.run(s3, (joined) -> operation.run(joined, target));
	}

	@Override
	void bodiesThatNobodyAskedForAreNotRead(Operation operation) {
		throw new UnsupportedOperationException("They are read up to the limit");
	}

	@Override
	void headsEndAtALimit(String repeated) {
		throw new UnsupportedOperationException("They end with the time that an answer may take");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 9223372036854775807", "Content-Length: 99999999999999999999999",
			"Content-Length: -1", "Content-Length: 7\r\nContent-Range: bytes 6-0/7",
			"Content-Length: 7\r\nContent-Range: bytes 0-6/3" })
	@Override
	void lengthsThatCannotBeTrueAreNoAnswer(String lengths) {
		super.lengthsThatCannotBeTrueAreNoAnswer(lengths);
	}

	@Test
	@Override
	void clientsOfTheStarterAreGuardedWhateverCustomizersDo() {
		LocationClientCustomizer customizer = (role, builder) -> builder
			.overrideConfiguration(ClientOverrideConfiguration.builder().build());

		Contexts.pair(this.secondary.endpoint(), "east", this.secondary.endpoint(), "west")
			.withBean(LocationClientCustomizer.class, () -> customizer)
			.run((context) -> assertThat(context.getBeansOfType(S3AsyncClient.class).values())
				.filteredOn((client) -> !(client instanceof FailoverS3AsyncClient))
				.hasSize(2)
				.allMatch(AnswerGuard::isPartOf));
	}

}
