package io.s3s3;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All that comes before an answer has one budget, whatever it is that takes so long: the
 * connect timeout and the read timeout together.
 */
class AnswerBudgetIntegrationTests {

	/** For how long the HTTP client by itself waits for the leave to send a body. */
	private static final Duration CONTINUE = Duration.ofSeconds(3);

	@AutoClose
	private static final EmbeddedS3 secondary = EmbeddedS3.start("west");

	@BeforeAll
	static void storeObject() {
		try (S3Client direct = secondary.client()) {
			direct.putObject((request) -> request.bucket("west").key("key"), RequestBody.fromString("x"));
		}
	}

	@Test
	void boundsTheWaitForTheLeaveToSendALargeBody() {
		try (FaultyEndpoint primary = FaultyEndpoint.silent()) {
			pair(primary).run((context) -> {
				List<RequestFailedOver> failovers = new CopyOnWriteArrayList<>();

				context.getBean(FailoverS3Client.class)
					.on(RequestFailedOver.class, failovers::add)
					.putObject((request) -> request.key("large"), RequestBody.fromBytes(new byte[2 << 20]));

				assertThat(failovers).extracting(RequestFailedOver::getFailure)
					.containsExactly(Failure.ofLocation(FailureKind.TIMEOUT, Effect.NOT_SENT));
				assertThat(failovers.get(0).getAttempt().duration()).isLessThan(CONTINUE);
			});
		}
	}

	@Test
	void boundsTheWaitForCredentials() {
		CountDownLatch end = new CountDownLatch(1);
		try (FaultyEndpoint primary = FaultyEndpoint.refusing()) {
			pair(primary).withBean(LocationClientCustomizer.class, () -> hanging(end)).run((context) -> {
				List<RequestFailedOver> failovers = new CopyOnWriteArrayList<>();
				FailoverS3Client s3 = context.getBean(FailoverS3Client.class)
					.on(RequestFailedOver.class, failovers::add);

				for (int i = 0; i < 3; i++) {
					s3.headObject((request) -> request.key("key"));
				}

				assertThat(failovers).extracting(RequestFailedOver::getFailure)
					.containsOnly(Failure.ofLocation(FailureKind.TIMEOUT, Effect.NOT_SENT));
				assertThat(context.getBean(FailoverControl.class).status().primary().status())
					.isEqualTo(LocationStatus.OUT);
			});
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void hasOnlySoManyThreadsThatWaitForCredentials() throws Exception {
		Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
		CountDownLatch end = new CountDownLatch(1);
		try (FaultyEndpoint primary = FaultyEndpoint.refusing()) {
			pair(primary).withBean(LocationClientCustomizer.class, () -> hanging(end)).run((context) -> {
				List<Thread> callers = new ArrayList<>();
				for (int i = 0; i < 40; i++) {
					Thread caller = new Thread(
							() -> context.getBean(FailoverS3Client.class).headObject((request) -> request.key("key")));
					callers.add(caller);
					caller.start();
				}
				for (Thread caller : callers) {
					caller.join();
				}

				assertThat(Thread.getAllStackTraces().keySet())
					.filteredOn((thread) -> thread.getName().equals("s3s3-credentials") && !before.contains(thread))
					.hasSizeLessThanOrEqualTo(16);
			});
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void boundsTheWaitForAConnectionOfThePool() {
		try (EmbeddedS3 primary = EmbeddedS3.start("east")) {
			Contexts.pair(primary.endpoint(), "east", secondary.endpoint(), "west")
				.withPropertyValues(Contexts.primaryTimeouts(Duration.ofSeconds(2)))
				.withPropertyValues("s3s3.primary.max-connections=1")
				.run((context) -> {
					List<RequestFailedOver> failovers = new CopyOnWriteArrayList<>();
					FailoverS3Client s3 = context.getBean(FailoverS3Client.class)
						.on(RequestFailedOver.class, failovers::add);
					s3.putObject((request) -> request.key("open"), RequestBody.fromBytes(new byte[1 << 20]));
					try (InputStream open = s3.getObject((request) -> request.key("open"))) {
						s3.headObject((request) -> request.key("key"));
					}

					assertThat(failovers).extracting(RequestFailedOver::getFailure)
						.containsExactly(Failure.ofSetup(FailureKind.CONNECTION, Effect.NOT_SENT));
				});
		}
	}

	// Does not react to an interrupt.
	private static LocationClientCustomizer hanging(CountDownLatch end) {
		return (role, builder) -> {
			if (role == LocationRole.PRIMARY) {
				builder.credentialsProvider(() -> {
					while (end.getCount() > 0) {
						try {
							end.await();
						}
						catch (InterruptedException ex) {
							continue;
						}
					}
					throw new IllegalStateException("ended");
				});
			}
		};
	}

	private static ApplicationContextRunner pair(FaultyEndpoint primary) {
		return Contexts.impatientPair(primary.uri(), "east", secondary.endpoint(), "west");
	}

}
