package io.s3s3;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailureKind;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.FaultyEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bodies that stall, break or take their time, over real sockets.
 */
class BrokenBodyIntegrationTests extends AbstractFailoverIntegrationTests {

	@Test
	void doesNotAskThePrimaryAgainWhenItsAnswerStallsMidway() {
		try (FaultyEndpoint primary = Fault.BODY_STALLS.open()) {
			Contexts.impatientPair(primary.uri(), "east", secondary.endpoint(), "west")
				.withUserConfiguration(Listener.class)
				.run((context) -> {
					context.getBean(FailoverS3Template.class).listObjects((request) -> request.prefix("none"));

					assertThat(primary.connections()).isEqualTo(1);
					assertThat(context.getBean(Listener.class).events).extracting(RequestFailedOver::getReason)
						.containsExactly(FailureKind.TIMEOUT);
				});
		}
	}

	@Test
	void neverGivesTheCallersStreamTheBytesOfTwoAttempts() {
		direct.putObject((request) -> request.bucket("west").key(KEY), RequestBody.fromString("whole"));
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(Answer.success("partial").claiming(100))) {
			Contexts.pair(primary.uri(), "east", secondary.endpoint(), "west").run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				ByteArrayOutputStream sink = new ByteArrayOutputStream();

				assertThatExceptionOfType(SdkException.class).isThrownBy(() -> template
					.getObject((request) -> request.key(KEY), ResponseTransformer.toOutputStream(sink)));

				assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("partial");
				assertThat(primary.connections()).as("the primary is asked for the rest").isEqualTo(2);
			});
		}
	}

	@Test
	void readsAnObjectIntoMemoryFromTheOtherLocationWhenItBreaksMidway() {
		direct.putObject((request) -> request.bucket("west").key(KEY), RequestBody.fromString("whole"));
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(Answer.success("partial").claiming(100))) {
			Contexts.pair(primary.uri(), "east", secondary.endpoint(), "west")
				.run((context) -> assertThat(context.getBean(FailoverS3Template.class).downloadAsBytes(KEY)).asString()
					.isEqualTo("whole"));
		}
	}

	@Test
	void doesNotFailOverWhenTheCallersTransformerFails() {
		direct.putObject((request) -> request.bucket("west").key(KEY), RequestBody.fromString("whole"));
		AtomicInteger invocations = new AtomicInteger();
		Contexts.pair(secondary.endpoint(), "west", URI.create("http://127.0.0.1:9"), "east")
			.withUserConfiguration(Listener.class)
			.run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				assertThatExceptionOfType(SdkException.class)
					.isThrownBy(() -> template.getObject((request) -> request.key(KEY), (response, stream) -> {
						invocations.incrementAndGet();
						throw new SocketException("the caller's own");
					}));

				assertThat(invocations).hasValue(1);
				assertThat(context.getBean(Listener.class).events).isEmpty();
			});
	}

	@Test
	void failsOverWhenThePrimaryStopsTakingALargeBody() {
		byte[] content = new byte[32 * 1024 * 1024];
		content[content.length - 1] = 1;
		try (FaultyEndpoint primary = FaultyEndpoint.deafToBodies()) {
			Contexts.impatientPair(primary.uri(), "east", secondary.endpoint(), "west")
				.withUserConfiguration(Listener.class)
				.run((context) -> {
					context.getBean(FailoverS3Template.class)
						.putObject((request) -> request.key("large"), RequestBody.fromBytes(content));

					assertThat(direct.getObjectAsBytes((request) -> request.bucket("west").key("large")).asByteArray())
						.isEqualTo(content);
					List<RequestFailedOver> events = context.getBean(Listener.class).events;
					assertThat(events).extracting(RequestFailedOver::getReason).containsExactly(FailureKind.TIMEOUT);
					assertThat(events).extracting(RequestFailedOver::getEffect).containsExactly(Effect.UNKNOWN);
				});
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.noneMatch((thread) -> thread.isAlive() && thread.getName().equals("s3s3-watchdog")));
	}

	@Test
	void givesASlowBodyOfTheCallerAllTheTimeItNeeds() {
		RequestBody slow = RequestBody.fromContentProvider(() -> new InputStream() {

			private int left = 3;

			@Override
			public int read() {
				LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
				return (this.left-- > 0) ? 'x' : -1;
			}

		}, 3, "text/plain");
		Contexts.impatientPair(secondary.endpoint(), "west", URI.create("http://127.0.0.1:9"), "east")
			.withPropertyValues("s3s3.primary.read-timeout=5s", "s3s3.primary.last-read-timeout=5s")
			.withUserConfiguration(Listener.class)
			.run((context) -> {
				context.getBean(FailoverS3Template.class).putObject((request) -> request.key("slow"), slow);

				assertThat(context.getBean(Listener.class).events).isEmpty();
			});
	}

}
