package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.StragglingEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads whose first request fails while the second one is under way, over real sockets.
 */
class HedgedFailureIntegrationTests {

	private static final Answer GOOD = Answer.success("content").with("x-amz-request-id: 1");

	private static final Answer RESET = GOOD.endingWith(Answer.End.RESET_AT_ONCE);

	private static final Answer UNAVAILABLE = Answer.error(503, "SlowDown");

	private static final List<Answer> FAILURES = List.of(RESET, UNAVAILABLE, Answer.error(400, "RequestTimeout"),
			Answer.error(403, "RequestTimeTooSkewed"), Answer.html(200));

	private static final HedgeSettings SETTINGS = new HedgeSettings(true, Duration.ofMillis(20), 50, 100, 1);

	private final List<RequestHedged> hedged = new CopyOnWriteArrayList<>();

	private final List<ErrorReceived> errors = new CopyOnWriteArrayList<>();

	@Test
	void waitsForTheSecondRequestIfTheFirstFails() {
		try (StragglingEndpoint primary = StragglingEndpoint.failingFirst(FAILURES, GOOD, GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				FailoverS3Operations listened = template.on(RequestHedged.class, this.hedged::add)
					.on(ErrorReceived.class, this.errors::add);
				warmUp(() -> template.downloadAsBytes("soon"));

				for (int i = 0; i < FAILURES.size(); i++) {
					assertThat(listened.downloadAsBytes("late-" + i)).asString().isEqualTo("content");
				}

				assertWon(secondary);
			});
		}
	}

	@Test
	void waitsForTheSecondRequestOfTheAsynchronousClient() throws Exception {
		try (StragglingEndpoint primary = StragglingEndpoint.failingFirst(FAILURES, GOOD, GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent();
				AsyncPair pair = AsyncPair.watched(primary.uri(), secondary.uri(), 3, SETTINGS)) {
			FailoverS3AsyncTemplate template = new FailoverS3AsyncTemplate(pair.client(), null);
			FailoverS3AsyncOperations listened = template.on(RequestHedged.class, this.hedged::add)
				.on(ErrorReceived.class, this.errors::add);
			warmUp(() -> template.downloadAsBytes("soon").join());

			for (int i = 0; i < FAILURES.size(); i++) {
				assertThat(listened.downloadAsBytes("late-" + i).get()).asString().isEqualTo("content");
			}

			assertWon(secondary);
		}
	}

	private void assertWon(FaultyEndpoint secondary) {
		assertThat(this.hedged).extracting(RequestHedged::getOutcome).hasSameSizeAs(FAILURES).containsOnly(Outcome.WON);
		assertThat(this.errors).isEmpty();
		assertThat(secondary.connections()).isZero();
	}

	@Test
	void failsOverIfBothRequestsFail() {
		try (StragglingEndpoint primary = StragglingEndpoint.failingFirst(List.of(UNAVAILABLE, RESET), RESET, GOOD);
				FaultyEndpoint secondary = AnsweringEndpoint.answering(GOOD)) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				FailoverS3Operations listened = template.on(RequestHedged.class, this.hedged::add)
					.on(ErrorReceived.class, this.errors::add);
				warmUp(() -> template.downloadAsBytes("soon"));

				assertThat(listened.downloadAsBytes("late-0")).asString().isEqualTo("content");
				assertThat(listened.downloadAsBytes("late-1")).asString().isEqualTo("content");

				assertLost();
			});
		}
	}

	@Test
	void failsOverIfBothRequestsOfTheAsynchronousClientFail() throws Exception {
		try (StragglingEndpoint primary = StragglingEndpoint.failingFirst(List.of(UNAVAILABLE, RESET), RESET, GOOD);
				FaultyEndpoint secondary = AnsweringEndpoint.answering(GOOD);
				AsyncPair pair = AsyncPair.watched(primary.uri(), secondary.uri(), 3, SETTINGS)) {
			FailoverS3AsyncTemplate template = new FailoverS3AsyncTemplate(pair.client(), null);
			FailoverS3AsyncOperations listened = template.on(RequestHedged.class, this.hedged::add)
				.on(ErrorReceived.class, this.errors::add);
			warmUp(() -> template.downloadAsBytes("soon").join());

			assertThat(listened.downloadAsBytes("late-0").get()).asString().isEqualTo("content");
			assertThat(listened.downloadAsBytes("late-1").get()).asString().isEqualTo("content");

			assertLost();
		}
	}

	private void assertLost() {
		assertThat(this.hedged).extracting(RequestHedged::getOutcome).first().isEqualTo(Outcome.LOST);
		assertThat(this.errors).hasSize(2);
	}

	/**
	 * Make enough quick calls that few of all are late. A client that is new to its work
	 * may also send the second request first.
	 */
	private static void warmUp(Runnable call) {
		for (int i = 0; i < 120; i++) {
			call.run();
		}
	}

	private static ApplicationContextRunner pair(StragglingEndpoint primary, FaultyEndpoint secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
			.withPropertyValues("s3s3.hedge.enabled=true", "s3s3.hedge.burst=100", "s3s3.hedge.extra-requests=50");
	}

}
