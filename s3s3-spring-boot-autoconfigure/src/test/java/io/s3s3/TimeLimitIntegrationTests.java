package io.s3s3;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.event.ErrorReceived;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Answer.End;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How long calls take at most, over real sockets.
 */
class TimeLimitIntegrationTests {

	/** Longer than any test takes. */
	private static final String PATIENT = "60s";

	@Test
	void endsACallWhoseTimeIsOverAtTheFirstLocation() {
		try (FaultyEndpoint primary = FaultyEndpoint.silent(); FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary)
				.withPropertyValues("s3s3.primary.read-timeout=" + PATIENT, "s3s3.failover.call-timeout=1s")
				.run((context) -> {
					Throwable error = catchThrowable(
							() -> context.getBean(FailoverS3Template.class).downloadAsBytes("key"));

					assertThat(error).isInstanceOf(ApiCallTimeoutException.class);
					FailoverTrace trace = FailoverTrace.of(error).orElseThrow();
					assertThat(trace.attempts()).extracting(FailedAttempt::location)
						.containsExactly(LocationRole.PRIMARY);
					assertThat(trace).hasMessageContaining("call timeout of PT1S is over");
					assertThat(trace.attempts().get(0).failure().countsAgainstLocation()).isTrue();
					assertThat(secondary.connections()).isZero();
					assertThat(Thread.interrupted()).isFalse();
				});
		}
	}

	@Test
	void doesNotBlameTheSecondLocationForWhatTheFirstOneTook() {
		try (FaultyEndpoint primary = FaultyEndpoint.silent(); FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary)
				.withPropertyValues("s3s3.primary.read-timeout=300ms", "s3s3.secondary.read-timeout=" + PATIENT,
						"s3s3.failover.call-timeout=2s", "s3s3.failover.max-rounds=5")
				.run((context) -> {
					Throwable error = catchThrowable(
							() -> context.getBean(FailoverS3Template.class).upload("key", new byte[10]));

					List<FailedAttempt> attempts = FailoverTrace.of(error).orElseThrow().attempts();
					assertThat(attempts).extracting(FailedAttempt::location)
						.containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY);
					assertThat(attempts).extracting((attempt) -> attempt.failure().kind())
						.containsOnly(FailureKind.TIMEOUT);
					assertThat(attempts).extracting((attempt) -> attempt.failure().countsAgainstLocation())
						.containsExactly(true, false);
				});
		}
	}

	@Test
	void endsADownloadThatGoesOnElsewhere() {
		Answer cut = Answer.success("begun").claiming(100);
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(cut);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary)
				.withPropertyValues("s3s3.secondary.read-timeout=" + PATIENT, "s3s3.failover.call-timeout=2s")
				.run((context) -> {
					Throwable error = catchThrowable(
							() -> context.getBean(FailoverS3Template.class).downloadAsBytes("key"));

					assertThat(error).isInstanceOf(SdkClientException.class)
						.hasStackTraceContaining("ApiCallTimeoutException");
					assertThat(primary.connections()).isEqualTo(1);
					assertThat(secondary.connections()).isEqualTo(1);
					assertThat(Thread.interrupted()).isFalse();
				});
		}
	}

	@Test
	void doesNotBlameALocationThatHadBegunToAnswer() {
		Answer slow = Answer.success("x".repeat(1000)).endingWith(End.DRIP);
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(slow);
				FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			pair(primary, secondary).withPropertyValues("s3s3.failover.call-timeout=1500ms").run((context) -> {
				Throwable error = catchThrowable(
						() -> context.getBean(FailoverS3Template.class).downloadAsBytes("key"));

				FailedAttempt attempt = FailoverTrace.of(error).orElseThrow().attempts().get(0);
				assertThat(attempt.failure().countsAgainstLocation()).isFalse();
			});
		}
	}

	@Test
	void leavesTheTimeOfARequestThatIsShorter() {
		try (FaultyEndpoint primary = FaultyEndpoint.silent(); FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			pair(primary, secondary)
				.withPropertyValues("s3s3.primary.read-timeout=" + PATIENT, "s3s3.failover.call-timeout=" + PATIENT)
				.run((context) -> {
					Duration own = Duration.ofMillis(200);

					Throwable error = catchThrowable(() -> context.getBean(FailoverS3Client.class)
						.headObject((request) -> request.key("key")
							.overrideConfiguration((configuration) -> configuration.apiCallTimeout(own))));

					List<FailedAttempt> attempts = FailoverTrace.of(error).orElseThrow().attempts();
					assertThat(attempts).extracting(FailedAttempt::location)
						.containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY);
				});
		}
	}

	@Test
	void acceptsALargeAndSlowTransferThatGoesOn() {
		String content = "x".repeat(25);
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(Answer.success(content).endingWith(End.DRIP));
				FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			pair(primary, secondary).withPropertyValues("s3s3.primary.read-timeout=1500ms").run((context) -> {
				byte[] bytes = context.getBean(FailoverS3Template.class).downloadAsBytes("key");

				assertThat(bytes).asString(StandardCharsets.US_ASCII).isEqualTo(content);
				assertThat(primary.connections()).isEqualTo(1);
			});
		}
	}

	@Test
	void givesUpAnExchangeBelowTheMinimumRate() {
		String content = "x".repeat(40);
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(Answer.success(content).endingWith(End.DRIP));
				FaultyEndpoint secondary = AnsweringEndpoint.answering(404, "NoSuchKey")) {
			pair(primary, secondary)
				.withPropertyValues("s3s3.primary.read-timeout=2s", "s3s3.primary.minimum-rate=1KB",
						"s3s3.primary.minimum-rate-period=500ms")
				.run((context) -> {
					List<ErrorReceived> errors = new CopyOnWriteArrayList<>();
					FailoverS3Operations template = context.getBean(FailoverS3Template.class)
						.on(ErrorReceived.class, errors::add);

					assertThat(catchThrowable(() -> template.downloadAsBytes("key"))).isInstanceOf(S3Exception.class);

					assertThat(errors.get(0).getFailure().kind()).isEqualTo(FailureKind.TIMEOUT);
					assertThat(NestedExceptionUtils.getMostSpecificCause(errors.get(0).getError()))
						.hasMessageStartingWith("Too slow: ")
						.hasMessageEndingWith("the minimum rate is 1024 bytes a second");
					// The other location does not have the object: the first is asked for
					// the rest.
					assertThat(primary.connections()).isEqualTo(2);
				});
		}
	}

	@Test
	void closesAStreamWhoseRestDoesNotCome() {
		Answer stalling = Answer.success("begun").claiming(100).endingWith(End.SILENCE);
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(stalling);
				FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			pair(primary, secondary).withPropertyValues("s3s3.primary.read-timeout=1h").run((context) -> {
				InputStream stream = context.getBean(FailoverS3Template.class).downloadAsStream("key");
				assertThat(stream.read()).isEqualTo('b');

				assertThatNoException().isThrownBy(stream::close);
			});
		}
	}

	@Test
	void retriesAConnectionThatWentStaleInThePoolAtTheSameLocationAtOnce() {
		String answer = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n";
		try (FaultyEndpoint primary = AnsweringEndpoint.resettingUsedConnections(answer);
				FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			pair(primary, secondary).run((context) -> {
				List<ErrorReceived> errors = new CopyOnWriteArrayList<>();
				FailoverS3Client client = context.getBean(FailoverS3Client.class).on(ErrorReceived.class, errors::add);

				client.headObject((request) -> request.key("key"));
				client.headObject((request) -> request.key("key"));
				client.putObject((request) -> request.key("key"), RequestBody.fromString("x"));

				assertThat(errors).isEmpty();
				assertThat(primary.connections()).isEqualTo(3);
			});
		}
	}

	@Test
	void boundsTheRequestsOfACall() {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(500, "InternalError");
				FaultyEndpoint secondary = FaultyEndpoint.resetting()) {
			pair(primary, secondary).withPropertyValues("s3s3.failover.max-rounds=3", "s3s3.failover.back-off=1ms")
				.run((context) -> {
					assertThat(catchThrowable(() -> context.getBean(FailoverS3Template.class).downloadAsBytes("key")))
						.isNotNull();

					// Two tries of the SDK, in each of three rounds.
					assertThat(primary.connections()).isEqualTo(2 * 3);
					assertThat(secondary.connections()).isEqualTo(2 * 3);
				});
		}
	}

	@Test
	void neverRetriesATimeoutAtTheSameLocation() {
		try (FaultyEndpoint primary = FaultyEndpoint.silent();
				FaultyEndpoint secondary = AnsweringEndpoint.answering(404, "NoSuchKey")) {
			Contexts.impatientPair(primary.uri(), "east", secondary.uri(), "west").run((context) -> {
				S3Exception error = catchThrowableOfType(S3Exception.class,
						() -> context.getBean(FailoverS3Template.class).downloadAsBytes("key"));

				assertThat(error.statusCode()).isEqualTo(404);
				assertThat(primary.connections()).isEqualTo(1);
				assertThat(secondary.connections()).isEqualTo(1);
			});
		}
	}

	@Test
	void servesTheFirstCallIntoABlackHoleWithinItsBudgetByDefault() {
		try (FaultyEndpoint primary = FaultyEndpoint.silent();
				EmbeddedS3 secondary = EmbeddedS3.start("west");
				S3Client direct = secondary.client()) {
			direct.putObject((request) -> request.bucket("west").key("key"), RequestBody.fromString("x"));
			Contexts.pair(primary.uri(), "east", secondary.endpoint(), "west")
				.withPropertyValues("s3s3.primary.connect-timeout=", "s3s3.primary.read-timeout=",
						"s3s3.primary.write-timeout=")
				.run((context) -> {
					long started = System.nanoTime();

					context.getBean(FailoverS3Template.class).downloadAsBytes("key");

					// The budget is 3 s; a busy machine may be late.
					assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
				});
		}
	}

	private static ApplicationContextRunner pair(FaultyEndpoint primary, FaultyEndpoint secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.uri(), "west");
	}

}
