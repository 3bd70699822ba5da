package io.s3s3;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which waiting calls move on when their location goes out, over real sockets.
 */
class AbandonedWaitIntegrationTests extends AbstractAbandonedWaitTests {

	/** Where a connection of the pool is waited for. */
	private static final String QUEUE = "BasicFuture";

	private static final Failure READ = Failure.ofSetup(FailureKind.ABANDONED, Effect.UNKNOWN);

	private static final Failure UNSENT = Failure.ofSetup(FailureKind.ABANDONED, Effect.NOT_SENT);

	@Test
	void letsReadsGoThatWaitForAnAnswerOrForAConnection() {
		run(patient(), (calls) -> {
			Call waiting = calls.start(Operation.GET, SOCKET);
			Call queued = calls.start(Operation.GET, QUEUE);

			calls.fallSilent();

			assertThat(waiting.failure()).isEqualTo(READ);
			assertThat(queued.failure()).isEqualTo(UNSENT);
			assertThat(this.primary.connections()).isOne();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PUT", "DELETE", "COPY", "BATCH_DELETION" })
	void letsWritesGoOfWhichNothingWasSent(Operation operation) {
		run(patient(), (calls) -> {
			Call waiting = calls.start(Operation.GET, SOCKET);
			Call queued = calls.start(operation, QUEUE);

			calls.fallSilent();

			assertThat(queued.failure()).isEqualTo(UNSENT);
			assertThat(waiting.failure()).isEqualTo(READ);
			assertThat(this.primary.connections()).isOne();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "COPY", "BATCH_DELETION" })
	void letsSlowWritesWaitAsLongAsAnyOther(Operation operation) {
		run(impatient(), (calls) -> {
			Call sent = calls.start(operation, SOCKET);

			calls.fallSilent();

			assertThat(sent.failure()).isEqualTo(READ);
			assertThat(sent.failover().getAttempt().duration()).isGreaterThan(Contexts.IMPATIENCE);
		});
	}

	@Test
	void countsNowhereAndIsNotSentAgainWhateverTheRetryStrategy() {
		LocationClientCustomizer eager = (role,
				builder) -> builder.overrideConfiguration(builder.overrideConfiguration()
					.copy((configuration) -> configuration.retryStrategy((role == LocationRole.PRIMARY)
							? DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(5).build()
							: DefaultRetryStrategy.doNotRetry())));
		run(patient().withBean(LocationClientCustomizer.class, () -> eager), (calls) -> {
			Call waiting = calls.start(Operation.GET, SOCKET);

			calls.fallSilent();

			assertThat(waiting.failure()).isEqualTo(READ);
			assertThat(waiting.failover().getError()).hasMessageContaining("(SDK Attempt Count: 1)");
			assertThat(calls.control().status().primary().lastErrors()).hasSize(3);
			assertThat(this.primary.connections()).isOne();
		});
	}

}
