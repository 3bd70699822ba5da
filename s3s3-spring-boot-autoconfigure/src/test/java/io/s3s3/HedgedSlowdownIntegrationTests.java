package io.s3s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationSnapshot;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.StatusReason;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.StragglingEndpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Second requests that hide how slow a location is, over real sockets.
 */
class HedgedSlowdownIntegrationTests {

	private static final Answer GOOD = Answer.success("content").with("x-amz-request-id: 1");

	/** So many that a call or two which a busy machine holds up are few of them. */
	private static final int MINIMUM = 100;

	/** More than circuits look at. */
	private static final int USUAL = 150;

	private static final int ROW = 5;

	private final List<RequestHedged> hedged = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource
	void aRowOfWinsOpensTheCircuitOfSlowCalls(Door door) {
		pair((pair) -> pair
			.withPropertyValues("s3s3.circuit.slow-call=1m", "s3s3.circuit.slow-call-rate=5",
					"s3s3.circuit.minimum-calls=" + MINIMUM)
			.run((context) -> {
				for (int i = 0; i < USUAL; i++) {
					door.read(context, "soon", this.hedged::add);
				}
				assertThat(primary(context).status()).isEqualTo(LocationStatus.UP);

				for (int i = 0; i < ROW; i++) {
					door.read(context, "late" + i, this.hedged::add);
				}

				assertThat(this.hedged).extracting(RequestHedged::getOutcome).contains(Outcome.WON);
				assertThat(primary(context).status()).isEqualTo(LocationStatus.OUT);
				assertThat(primary(context).reason()).isEqualTo(StatusReason.SLOW_CALLS);
			}));
	}

	private static void pair(Consumer<ApplicationContextRunner> test) {
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				StragglingEndpoint secondary = StragglingEndpoint.holdingFirst(GOOD)) {
			test.accept(Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
				.withPropertyValues("s3s3.hedge.enabled=true", "s3s3.hedge.burst=100",
						"s3s3.hedge.minimum-delay=400ms"));
		}
	}

	private static LocationSnapshot primary(AssertableApplicationContext context) {
		return context.getBean(FailoverControl.class).status().get(LocationRole.PRIMARY);
	}

	/**
	 * Which client reads.
	 */
	enum Door {

		BLOCKING {
			@Override
			void read(AssertableApplicationContext context, String key, Consumer<RequestHedged> listener) {
				context.getBean(FailoverS3Client.class)
					.on(RequestHedged.class, listener)
					.headObject((request) -> request.key(key));
			}
		},

		ASYNCHRONOUS {
			@Override
			void read(AssertableApplicationContext context, String key, Consumer<RequestHedged> listener)
					throws Exception {
				context.getBean(FailoverS3AsyncClient.class)
					.on(RequestHedged.class, listener)
					.headObject((request) -> request.key(key))
					.get(1, TimeUnit.MINUTES);
			}
		};

		abstract void read(AssertableApplicationContext context, String key, Consumer<RequestHedged> listener)
				throws Exception;

	}

}
