package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.StragglingEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads of the asynchronous client that get a second request because their answer is
 * late, over real sockets.
 */
class AsyncHedgedReadIntegrationTests {

	private static final Answer GOOD = Answer.success("content").with("x-amz-request-id: 1");

	private final List<RequestHedged> hedged = new CopyOnWriteArrayList<>();

	private final CountDownLatch released = new CountDownLatch(1);

	@Test
	void completesWithTheAnswerToTheSecondRequest() throws Exception {
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent();
				AsyncPair pair = pair(primary, secondary, true)) {
			FailoverS3AsyncClient client = pair.client().on(RequestHedged.class, this.hedged::add);

			assertThat(get(client, "late").asUtf8String()).isEqualTo("content");
			assertThat(client.headObject((request) -> request.key("late-head")).get(1, TimeUnit.MINUTES).eTag())
				.isEqualTo("\"e\"");

			Awaitility.await().untilAsserted(() -> assertThat(primary.abandoned()).isEqualTo(2));
			assertThat(primary.requests()).hasSize(4);
			assertThat(secondary.connections()).isZero();
			assertThat(this.hedged).extracting(RequestHedged::getOutcome).containsExactly(Outcome.WON, Outcome.WON);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 503 })
	void waitsForTheFirstAnswerIfTheSecondIsNotTheObject(int status) throws Exception {
		try (StragglingEndpoint primary = new StragglingEndpoint((request, number) -> {
			if (number == 1) {
				await(this.released);
				return GOOD;
			}
			return Answer.error(status, "Code");
		}); FaultyEndpoint secondary = FaultyEndpoint.silent(); AsyncPair pair = pair(primary, secondary, true)) {
			FailoverS3AsyncClient client = pair.client().on(RequestHedged.class, this.hedged::add);
			CompletableFuture<ResponseBytes<GetObjectResponse>> content = client
				.getObject((request) -> request.key("key"), AsyncResponseTransformer.toBytes());
			Awaitility.await().until(() -> primary.requests().size() > 1);
			Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);

			this.released.countDown();

			assertThat(content.get(1, TimeUnit.MINUTES).asUtf8String()).isEqualTo("content");
			assertThat(this.hedged).extracting(RequestHedged::getOutcome).containsExactly(Outcome.LOST);
			assertThat(primary.requests()).hasSize(2);
		}
	}

	@Test
	void endsBothRequestsWhenTheCallerGivesUp() {
		try (StragglingEndpoint primary = new StragglingEndpoint((request, number) -> null);
				FaultyEndpoint secondary = FaultyEndpoint.silent();
				AsyncPair pair = pair(primary, secondary, true)) {
			CompletableFuture<?> content = pair.client()
				.getObject((request) -> request.key("key"), AsyncResponseTransformer.toBytes());
			Awaitility.await().until(() -> primary.requests().size() == 2);

			content.cancel(true);

			Awaitility.await().untilAsserted(() -> assertThat(primary.abandoned()).isEqualTo(2));
			assertThat(secondary.connections()).isZero();
		}
	}

	@Test
	void freesTheConnectionsOfThoseThatLose() throws Exception {
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent();
				AsyncPair pair = pair(primary, secondary, true)) {
			for (int i = 0; i < 160; i++) {
				get(pair.client(), "soon");
			}

			for (int i = 0; i < 4; i++) {
				assertThat(get(pair.client(), "late" + i).asUtf8String()).isEqualTo("content");
			}

			primary.awaitAbandoned();
		}
	}

	@Test
	void hedgesWhoAsksForItThoughOthersAreNot() throws Exception {
		try (StragglingEndpoint primary = StragglingEndpoint.holdingFirst(GOOD);
				FaultyEndpoint secondary = FaultyEndpoint.silent();
				AsyncPair pair = pair(primary, secondary, false)) {
			FailoverS3AsyncTemplate template = new FailoverS3AsyncTemplate(pair.client(), null);

			assertThat(template.on(RequestHedged.class, this.hedged::add)
				.hedged()
				.downloadAsBytes("late")
				.get(1, TimeUnit.MINUTES)).asString().isEqualTo("content");

			assertThat(this.hedged).extracting(RequestHedged::getOutcome).containsExactly(Outcome.WON);
		}
	}

	private static AsyncPair pair(StragglingEndpoint primary, FaultyEndpoint secondary, boolean enabled) {
		return AsyncPair.watched(primary.uri(), secondary.uri(), 3,
				new HedgeSettings(enabled, Duration.ofMillis(20), 50, 100, 1));
	}

	private static ResponseBytes<GetObjectResponse> get(FailoverS3AsyncClient client, String key) throws Exception {
		return client.getObject((request) -> request.key(key), AsyncResponseTransformer.toBytes())
			.get(1, TimeUnit.MINUTES);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
