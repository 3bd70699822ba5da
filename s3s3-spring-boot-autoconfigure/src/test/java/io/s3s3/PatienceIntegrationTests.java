package io.s3s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.s3s3.event.RequestRetried;
import io.s3s3.event.RequestSent;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Calls that all locations fail for a while, over real sockets.
 */
class PatienceIntegrationTests {

	private static final Answer GOOD = Answer.success("content");

	@ParameterizedTest
	@CsvSource({ "503, SlowDown, 300", "503, SlowDown, 1000", "429, '', 300", "503, ServiceUnavailable, 100",
			"500, InternalError, 100" })
	void outlastsWhatPasses(int status, String code, int millis) {
		Supplier<Answer> passing = failingFor(millis, Answer.error(status, code));
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(passing);
				FaultyEndpoint secondary = AnsweringEndpoint.answering(passing)) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west").run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				template.upload("key", new byte[10]);

				assertThat(template.downloadAsBytes("key")).isEqualTo("content".getBytes());
			});
		}
	}

	@Test
	void outlastsWhatPassesWhereOnlyOneLocationMayServe() {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(failingFor(300, Answer.error(503, "SlowDown")));
				FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west").run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class);

				assertThat(client.putObject(ifAbsent(), RequestBody.fromString("x")).eTag()).isEqualTo("\"e\"");
			});
		}
	}

	@Test
	void asksOnlyThoseAgainThatMayHaveRecovered() {
		List<LocationRole> asked = new ArrayList<>();
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(403, "InvalidAccessKeyId");
				FaultyEndpoint secondary = AnsweringEndpoint
					.answering(failingFor(100, Answer.error(503, "SlowDown")))) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west").run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				template.on(RequestSent.class, (event) -> asked.add(event.getLocation())).downloadAsBytes("key");

				assertThat(asked).startsWith(LocationRole.PRIMARY, LocationRole.SECONDARY)
					.containsOnlyOnce(LocationRole.PRIMARY);
			});
		}
	}

	@Test
	void repeatsNoConditionalWriteThatMayHaveTakenEffect() {
		List<RequestRetried> retried = new ArrayList<>();
		try (FaultyEndpoint primary = FaultyEndpoint.resetting();
				FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west").run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class)
					.on(RequestRetried.class, retried::add);

				assertThat(catchThrowableOfType(Exception.class,
						() -> client.putObject(ifAbsent(), RequestBody.fromString("x"))))
					.isNotNull();

				assertThat(retried).isEmpty();
			});
		}
	}

	@Test
	void neverGoesRoundPastTheTimeOfTheCall() {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(503, "SlowDown");
				FaultyEndpoint secondary = AnsweringEndpoint.answering(503, "SlowDown")) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
				.withPropertyValues("s3s3.failover.back-off=1h", "s3s3.failover.call-timeout=5m")
				.run((context) -> {
					FailoverS3Template template = context.getBean(FailoverS3Template.class);

					// A wait of an hour at most, though random, is rarely below 5
					// minutes.
					S3Exception error = catchThrowableOfType(S3Exception.class,
							() -> template
								.getObject((request) -> request.key("key")
									.overrideConfiguration((own) -> own.apiCallTimeout(Duration.ofSeconds(20))))
								.close());

					assertThat(error.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
				});
		}
	}

	@Test
	void beginsNoMoreRoundsThanTheBudgetOfAllCallsAllows() {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(503, "SlowDown");
				FaultyEndpoint secondary = AnsweringEndpoint.answering(503, "SlowDown")) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
				.withPropertyValues("s3s3.failover.back-off=0", "s3s3.failover.max-rounds=11")
				.run((context) -> {
					FailoverS3Template template = context.getBean(FailoverS3Template.class);

					for (int call = 0; call < 20; call++) {
						assertThat(catchThrowableOfType(S3Exception.class, () -> template.downloadAsBytes("key")))
							.isNotNull();
					}

					// One round for each call, and a hundred besides.
					assertThat(primary.connections() + secondary.connections()).isEqualTo(2 * (20 + 100));
				});
		}
	}

	/**
	 * A failure that begins with the first request.
	 */
	private static Supplier<Answer> failingFor(int millis, Answer failure) {
		long[] begun = { 0 };
		return () -> {
			synchronized (begun) {
				long now = System.nanoTime();
				begun[0] = (begun[0] == 0) ? now : begun[0];
				return (now - begun[0] < Duration.ofMillis(millis).toNanos()) ? failure : GOOD;
			}
		};
	}

	private static PutObjectRequest ifAbsent() {
		return PutObjectRequest.builder().key("key").ifNoneMatch("*").build();
	}

}
