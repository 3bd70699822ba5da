package io.s3s3;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Answer.End;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interrupting the thread of a call that waits for a real socket, with timeouts longer
 * than any test.
 */
class InterruptionIntegrationTests {

	private static final String[] PATIENT = { "s3s3.primary.read-timeout=5m", "s3s3.primary.write-timeout=5m",
			"s3s3.primary.long-read-timeout=5m", "s3s3.secondary.read-timeout=5m", "s3s3.secondary.write-timeout=5m",
			"s3s3.secondary.long-read-timeout=5m", "s3s3.failover.max-rounds=3" };

	@ParameterizedTest
	@EnumSource
	void endsACallThatWaitsForThePrimary(Waiting waiting) {
		try (FaultyEndpoint primary = waiting.open(); FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				Interrupted call = new Interrupted(context.getBean(FailoverS3Client.class), waiting, primary);

				call.check(LocationRole.PRIMARY);

				assertThat(secondary.connections()).isZero();
				assertThat(call.events).noneMatch(RequestFailedOver.class::isInstance);
			});
		}
	}

	@ParameterizedTest
	@EnumSource
	void endsACallThatWaitsForTheSecondary(Waiting waiting) {
		try (FaultyEndpoint primary = FaultyEndpoint.refusing(); FaultyEndpoint secondary = waiting.open()) {
			pair(primary, secondary).run((context) -> {
				Interrupted call = new Interrupted(context.getBean(FailoverS3Client.class), waiting, secondary);

				call.check(LocationRole.SECONDARY);

				assertThat(call.events).filteredOn(RequestFailedOver.class::isInstance).hasSize(1);
			});
		}
	}

	@Test
	void endsAReadOfAStreamThatWasHandedOut() {
		Answer stalling = Answer.success("begun").claiming(100).endingWith(End.SILENCE);
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(stalling);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class);
				AtomicReference<Throwable> error = new AtomicReference<>();
				AtomicBoolean flag = new AtomicBoolean();
				InputStream stream = client.getObject((request) -> request.key("key"));
				assertThat(stream.readNBytes(5)).hasSize(5);
				Thread reader = new Thread(() -> {
					try {
						stream.read();
					}
					catch (Exception ex) {
						error.set(ex);
					}
					flag.set(Thread.currentThread().isInterrupted());
				});
				reader.start();
				Awaitility.await().until(() -> isInSocket(reader));

				reader.interrupt();

				reader.join(Duration.ofMinutes(1).toMillis());
				assertThat(error.get()).isNotNull();
				assertThat(flag).isTrue();
				assertThat(secondary.connections()).isZero();
				stream.close();
			});
		}
	}

	private static boolean isInSocket(Thread thread) {
		for (StackTraceElement element : thread.getStackTrace()) {
			if (element.getClassName().startsWith("sun.nio.ch.") || element.getClassName().startsWith("java.net.")) {
				return true;
			}
		}
		return false;
	}

	private static ApplicationContextRunner pair(FaultyEndpoint primary, FaultyEndpoint secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.uri(), "west").withPropertyValues(PATIENT);
	}

	/**
	 * A call in a thread of its own, which is interrupted when it waits for its peer.
	 */
	private static final class Interrupted {

		private final List<RequestEvent> events = new CopyOnWriteArrayList<>();

		private final AtomicBoolean flag = new AtomicBoolean();

		private final Thread thread;

		private final FaultyEndpoint endpoint;

		Interrupted(FailoverS3Client client, Waiting waiting, FaultyEndpoint endpoint) {
			this.endpoint = endpoint;
			this.thread = new Thread(() -> {
				try {
					waiting.call(client.on(RequestEvent.class, this.events::add));
				}
				catch (RuntimeException ex) {
					this.flag.set(Thread.currentThread().isInterrupted());
				}
			});
		}

		void check(LocationRole location) throws InterruptedException {
			this.thread.start();
			Awaitility.await().until(() -> this.endpoint.connections() > 0 && isInSocket(this.thread));

			this.thread.interrupt();

			this.thread.join(Duration.ofMinutes(1).toMillis());
			assertThat(this.thread.isAlive()).as("%s", List.of(this.thread.getStackTrace())).isFalse();
			assertThat(this.flag).isTrue();
			assertThat(this.events).filteredOn(RequestFailed.class::isInstance).singleElement().satisfies((event) -> {
				RequestFailed failed = (RequestFailed) event;
				assertThat(failed.getFailure().kind()).isEqualTo(FailureKind.CANCELLED);
				assertThat(failed.getLocation()).isEqualTo(location);
			});
		}

	}

	/**
	 * What a call waits for.
	 */
	enum Waiting {

		ANSWER_TO_HEAD {

			@Override
			FaultyEndpoint open() {
				return FaultyEndpoint.silent();
			}

			@Override
			void call(FailoverS3Client client) {
				client.headObject((request) -> request.key("key"));
			}

		},

		ANSWER_TO_COPY {

			@Override
			FaultyEndpoint open() {
				return FaultyEndpoint.silent();
			}

			@Override
			void call(FailoverS3Client client) {
				client.copyObject((request) -> request.sourceKey("key").destinationKey("copy"));
			}

		},

		PEER_TO_TAKE_A_BODY {

			@Override
			FaultyEndpoint open() {
				return FaultyEndpoint.deaf();
			}

			@Override
			void call(FailoverS3Client client) {
				client.putObject((request) -> request.key("key"), RequestBody.fromBytes(new byte[32 * 1024 * 1024]));
			}

		},

		REST_OF_A_BODY {

			@Override
			FaultyEndpoint open() {
				return AnsweringEndpoint.answering(Answer.success("begun").claiming(100).endingWith(End.SILENCE));
			}

			@Override
			void call(FailoverS3Client client) {
				client.getObjectAsBytes((request) -> request.key("key"));
			}

		};

		abstract FaultyEndpoint open();

		abstract void call(FailoverS3Client client);

	}

}
