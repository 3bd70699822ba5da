package io.s3s3;

import java.io.InputStream;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which calls keep waiting for a location even if it goes out, over real sockets.
 */
class KeptWaitIntegrationTests extends AbstractAbandonedWaitTests {

	private static final Failure TIMED_OUT = Failure.ofLocation(FailureKind.TIMEOUT, Effect.UNKNOWN);

	@ParameterizedTest
	@EnumSource(names = { "PUT", "DELETE" })
	void letsNoWriteGoThatMayHaveArrived(Operation operation) {
		run(impatient(), (calls) -> {
			Call sent = calls.start(operation, SOCKET);

			calls.fallSilent();

			assertThat(sent.failure()).isEqualTo(TIMED_OUT);
		});
	}

	@Test
	void letsNobodyGoWhenTheLocationAnswersWithErrors() {
		run(impatient(), (calls) -> {
			Call waiting = calls.start(Operation.GET, SOCKET);

			calls.fail(LocationRole.PRIMARY, "another");

			assertThat(waiting.failure()).isEqualTo(TIMED_OUT);
		});
	}

	@Test
	void letsNobodyGoWhenAnOperatorTakesTheLocationOut() {
		run(impatient(), (calls) -> {
			Call waiting = calls.start(Operation.GET, SOCKET);

			calls.control().drain(LocationRole.PRIMARY);

			assertThat(waiting.failure()).isEqualTo(TIMED_OUT);
		});
	}

	@Test
	void letsNobodyGoWhenTheOtherLocationIsOut() {
		run(impatient(), (calls) -> {
			calls.fail(LocationRole.SECONDARY, null);
			Call waiting = calls.start(Operation.GET, SOCKET);

			calls.fallSilent();

			assertThat(waiting.failure()).isEqualTo(TIMED_OUT);
		});
	}

	@Test
	void interruptsNoStreamThatWasHandedOut() {
		this.primary.mode(Mode.FORWARD);
		patient().run((context) -> {
			Calls calls = calls(context);
			try (InputStream open = calls.s3().getObject((request) -> request.key("key"))) {
				assertThat(open.read()).isZero();

				calls.fallSilent();

				assertThat(open.readAllBytes()).hasSize((4 << 20) - 1);
			}
		});
	}

}
