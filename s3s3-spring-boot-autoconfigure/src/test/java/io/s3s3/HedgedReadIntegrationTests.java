package io.s3s3;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.StragglingEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads that get a second request because their answer is late, over real sockets.
 */
class HedgedReadIntegrationTests {

	private static final Answer GOOD = Answer.success("content").with("x-amz-request-id: 1");

	private final List<RequestHedged> hedged = new CopyOnWriteArrayList<>();

	private final CountDownLatch released = new CountDownLatch(1);

	@Test
	void returnsTheAnswerToTheSecondRequest() {
		List<Thread> transforming = new ArrayList<>();
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class)
					.on(RequestHedged.class, this.hedged::add);

				String content = client.getObject((request) -> request.key("late"), (response, stream) -> {
					transforming.add(Thread.currentThread());
					return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
				});

				assertThat(content).isEqualTo("content");
				assertThat(transforming).containsExactly(Thread.currentThread());
				Awaitility.await().untilAsserted(() -> assertThat(primary.abandoned()).isEqualTo(1));
				assertThat(primary.requests()).hasSize(2);
				assertThat(secondary.connections()).isZero();
				assertThat(this.hedged).singleElement().satisfies((event) -> {
					assertThat(event.getOutcome()).isEqualTo(Outcome.WON);
					assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY);
					assertThat(event.getDelay()).isPositive();
				});
			});
		}
	}

	@Test
	void hedgesHeadsStreamsAndFiles(@TempDir Path directory) {
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Operations template = context.getBean(FailoverS3Template.class)
					.on(RequestHedged.class, this.hedged::add);
				Path file = directory.resolve("file");

				assertThat(template.exists("late-head")).isTrue();
				try (InputStream stream = template.downloadAsStream("late-stream")) {
					assertThat(stream).hasBinaryContent("content".getBytes());
				}
				template.download("late-file", file);

				assertThat(Files.readString(file)).isEqualTo("content");
				assertThat(this.hedged).extracting(RequestHedged::getOutcome)
					.containsExactly(Outcome.WON, Outcome.WON, Outcome.WON);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 404, 412, 503 })
	void waitsForTheFirstAnswerIfTheSecondIsNotTheObject(int status) {
		try (StragglingEndpoint primary = new StragglingEndpoint((request, number) -> {
			if (number == 1) {
				await(this.released);
				return GOOD;
			}
			return Answer.error(status, "Code");
		}); FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Operations template = context.getBean(FailoverS3Template.class)
					.on(RequestHedged.class, this.hedged::add);
				Thread releasing = new Thread(() -> {
					Awaitility.await().until(() -> primary.requests().size() > 1);
					Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
					this.released.countDown();
				});
				releasing.start();

				assertThat(template.downloadAsBytes("key")).isEqualTo("content".getBytes());

				assertThat(this.hedged).extracting(RequestHedged::getOutcome).containsExactly(Outcome.LOST);
				assertThat(primary.requests()).hasSize(2);
				releasing.join();
			});
		}
	}

	@Test
	void endsBothRequestsWhenTheCallerIsInterrupted() {
		AtomicReference<Throwable> error = new AtomicReference<>();
		try (StragglingEndpoint primary = new StragglingEndpoint((request, number) -> null);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				Thread caller = new Thread(() -> {
					try {
						template.downloadAsBytes("key");
					}
					catch (RuntimeException ex) {
						error.set(ex);
					}
				});
				caller.start();
				Awaitility.await().until(() -> primary.requests().size() == 2);

				caller.interrupt();

				caller.join(Duration.ofMinutes(1).toMillis());
				assertThat(error.get()).hasMessageContaining("Interrupted");
				Awaitility.await().untilAsserted(() -> assertThat(primary.abandoned()).isEqualTo(2));
				assertThat(secondary.connections()).isZero();
			});
		}
	}

	@Test
	void freesTheConnectionsOfThoseThatLose() {
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary)
				.withPropertyValues("s3s3.primary.max-connections=3", "s3s3.hedge.burst=100",
						"s3s3.hedge.extra-requests=50")
				.run((context) -> {
					FailoverS3Operations template = context.getBean(FailoverS3Template.class)
						.on(RequestHedged.class, this.hedged::add);
					for (int i = 0; i < 160; i++) {
						template.exists("soon");
					}

					for (int i = 0; i < 4; i++) {
						assertThat(template.exists("late" + i)).isTrue();
					}

					assertThat(this.hedged).extracting(RequestHedged::getOutcome)
						.filteredOn((outcome) -> outcome == Outcome.WON)
						.hasSizeGreaterThanOrEqualTo(4);
					primary.awaitAbandoned();
				});
		}
	}

	@Test
	void sendsNothingTwiceButReadsOfObjectsThatBothLocationsCouldServe() {
		List<RequestCompleted> completed = new CopyOnWriteArrayList<>();
		try (StragglingEndpoint primary = new StragglingEndpoint((request, number) -> {
			Awaitility.await().pollDelay(Duration.ofMillis(350)).until(() -> true);
			return Answer.success("<Result><Name>east</Name></Result>").with("x-amz-request-id: 1");
		}); FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class)
					.on(RequestHedged.class, this.hedged::add)
					.on(RequestCompleted.class, completed::add);

				client.putObject((request) -> request.key("key"), RequestBody.fromString("x"));
				client.listObjectsV2((request) -> request.prefix("key"));
				context.getBean(FailoverControl.class).drain(LocationRole.SECONDARY);
				client.headObject((request) -> request.key("key"));

				assertThat(completed).hasSize(3);
				assertThat(this.hedged).isEmpty();
				assertThat(primary.requests()).hasSize(3);
			});
		}
	}

	@Test
	void hedgesWhoAsksForItThoughOthersAreNot() {
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).withPropertyValues("s3s3.hedge.enabled=false").run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				template.on(RequestHedged.class, this.hedged::add).hedged().exists("late");

				assertThat(this.hedged).extracting(RequestHedged::getOutcome).containsExactly(Outcome.WON);
			});
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ApplicationContextRunner pair(StragglingEndpoint primary, FaultyEndpoint secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
			.withPropertyValues("s3s3.hedge.enabled=true");
	}

}
