package io.s3s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.HttpRequest;
import io.s3s3.testkit.StragglingEndpoint;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads whose second request goes to the other location, over real sockets: the primary
 * holds the answers for keys that begin with "held", and for those that begin with "late"
 * until the secondary has answered.
 */
class HedgedElsewhereIntegrationTests {

	private static final long LATER = 60_000_000;

	private static final Answer FIRST = Answer.success("first").with("x-amz-request-id: 1");

	private static final Answer SECOND = Answer.success("second").with("x-amz-request-id: 2");

	private static final Answer OTHER = new Answer(200, "x-amz-request-id: 2\r\nETag: \"other\"\r\n", "other", 5,
			Answer.End.CLOSE);

	/** What the secondary answers, by key. */
	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final Map<String, CountDownLatch> seen = new ConcurrentHashMap<>();

	private final List<RequestHedged> hedged = new CopyOnWriteArrayList<>();

	private final List<RequestSucceeded> succeeded = new CopyOnWriteArrayList<>();

	private final StragglingEndpoint primary = new StragglingEndpoint(this::answerFirst);

	private final StragglingEndpoint secondary = new StragglingEndpoint(this::answerSecond);

	@AfterEach
	void close() {
		this.primary.close();
		this.secondary.close();
	}

	@Test
	void goesElsewhereForAVersion() {
		this.answers.put("held", SECOND.with("x-amz-version-id: v1"));

		run((context) -> {
			List<Thread> transforming = new ArrayList<>();

			String content = listened(context).getObject((request) -> request.key("held").versionId("v1"),
					(response, stream) -> {
						transforming.add(Thread.currentThread());
						return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
					});

			assertThat(content).isEqualTo("second");
			assertThat(transforming).containsExactly(Thread.currentThread());
			assertWonElsewhere("held", 1);
			assertThat(secondRequest("held").lines().get(0)).contains("/west/held", "versionId=v1");
		});
	}

	@Test
	void goesElsewhereForAnETagAndForAHead() {
		this.answers.put("held", SECOND);
		this.answers.put("held-head", SECOND);

		run((context) -> {
			FailoverS3Client client = listened(context);

			assertThat(get(client, GetObjectRequest.builder().key("held").ifMatch("\"e\"").build()))
				.isEqualTo("second");
			client.headObject((request) -> request.key("held-head").ifMatch("e"));

			assertWonElsewhere("held-head", 2);
		});
	}

	@Test
	void goesElsewhereForWhatThisProcessHasWritten() {
		this.answers.put("held", SECOND);

		run((context) -> {
			FailoverS3Client client = listened(context);
			client.putObject((request) -> request.key("held"), RequestBody.fromString("second"));

			assertThat(get(client, GetObjectRequest.builder().key("held").build())).isEqualTo("second");

			assertThat(this.succeeded).last()
				.extracting(RequestSucceeded::getLocation)
				.isEqualTo(LocationRole.SECONDARY);
			assertThat(this.hedged).singleElement()
				.extracting(RequestHedged::getSecondLocation)
				.isEqualTo(LocationRole.SECONDARY);
		});
	}

	@Test
	void goesElsewhereOnTheAsynchronousClient() {
		this.answers.put("held", SECOND.with("x-amz-version-id: v1"));
		this.answers.put("held-head", SECOND);

		run((context) -> {
			FailoverS3AsyncClient client = listenedAsync(context);

			assertThat(getAsync(client, GetObjectRequest.builder().key("held").versionId("v1").build()))
				.isEqualTo("second");
			client.headObject((request) -> request.key("held-head").ifMatch("e")).join();

			assertWonElsewhere("held-head", 2);
			assertThat(secondRequest("held").lines().get(0)).contains("/west/held", "versionId=v1");
		});
	}

	private void assertWonElsewhere(String key, int times) {
		Awaitility.await().untilAsserted(() -> assertThat(this.primary.abandoned()).isEqualTo(times));
		assertThat(this.secondary.requests()).hasSize(times);
		assertThat(secondRequest(key).header("authorization")).contains("Credential=");
		assertThat(this.hedged).hasSize(times).allSatisfy((event) -> {
			assertThat(event.getOutcome()).isEqualTo(Outcome.WON);
			assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY);
			assertThat(event.getSecondLocation()).isEqualTo(LocationRole.SECONDARY);
		});
		assertThat(this.succeeded).hasSize(times)
			.allSatisfy((event) -> assertThat(event.getLocation()).isEqualTo(LocationRole.SECONDARY));
	}

	@Test
	void letsNothingWinThatDoesNotProveToBeCurrent() {
		run(300, (context) -> {
			FailoverS3Client client = listened(context);

			assertNothingWins(context, (request) -> get(client, request));
		});
	}

	@Test
	void letsNothingWinOnTheAsynchronousClient() {
		run(300, (context) -> {
			FailoverS3AsyncClient client = listenedAsync(context);

			assertNothingWins(context, (request) -> getAsync(client, request));
		});
	}

	private void assertNothingWins(AssertableApplicationContext context, Function<GetObjectRequest, String> client) {
		Map<GetObjectRequest, Answer> unproven = unproven();
		unproven.forEach((request, answer) -> {
			this.answers.put(request.key(), answer);
			if (request.ifMatch() == null && request.versionId() == null) {
				context.getBean(FailoverS3Client.class)
					.putObject((put) -> put.key(request.key()), RequestBody.fromString("first"));
			}

			assertThat(client.apply(request)).as("%s", answer).isEqualTo("first");
		});

		assertThat(this.hedged).hasSize(unproven.size()).allSatisfy((event) -> {
			assertThat(event.getOutcome()).isEqualTo(Outcome.LOST);
			assertThat(event.getSecondLocation()).isEqualTo(LocationRole.SECONDARY);
		});
		assertThat(this.succeeded)
			.allSatisfy((event) -> assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY));
	}

	private static Map<GetObjectRequest, Answer> unproven() {
		Map<GetObjectRequest, Answer> unproven = new LinkedHashMap<>();
		List<Answer> bad = List.of(Answer.error(404, "NoSuchKey"), Answer.error(412, "PreconditionFailed"),
				new Answer(304, "ETag: \"e\"\r\n", "", 0, Answer.End.CLOSE), Answer.html(200), OTHER);
		for (int i = 0; i < bad.size(); i++) {
			unproven.put(GetObjectRequest.builder().key("late-tag-" + i).ifMatch("\"e\"").build(), bad.get(i));
			unproven.put(GetObjectRequest.builder().key("late-put-" + i).build(), bad.get(i));
		}
		unproven.put(GetObjectRequest.builder().key("late-version").versionId("v1").build(), SECOND);
		unproven.put(GetObjectRequest.builder().key("late-other-version").versionId("v1").build(),
				SECOND.with("x-amz-version-id: v2"));
		return unproven;
	}

	@Test
	void staysWhereNothingCouldProveAnAnswer() {
		run((context) -> {
			FailoverS3Client client = listened(context);
			List<GetObjectRequest> plain = List.of(GetObjectRequest.builder().key("once").build(),
					GetObjectRequest.builder().key("once-any").ifMatch("*").build(),
					GetObjectRequest.builder().key("once-null").versionId("null").build());

			plain.forEach((request) -> assertThat(get(client, request)).isEqualTo("first"));

			assertThat(this.secondary.requests()).isEmpty();
			assertThat(this.hedged).extracting(RequestHedged::getSecondLocation)
				.containsExactly(LocationRole.PRIMARY, LocationRole.PRIMARY, LocationRole.PRIMARY);
		});
	}

	@Test
	void asksNobodyElseWhileTheOtherLocationIsDrained() {
		run((context) -> {
			context.getBean(FailoverControl.class).drain(LocationRole.SECONDARY);

			assertThat(get(listened(context), GetObjectRequest.builder().key("slow").ifMatch("e").build()))
				.isEqualTo("first");

			assertThat(this.secondary.requests()).isEmpty();
			assertThat(this.hedged).isEmpty();
		});
	}

	private @Nullable Answer answerFirst(HttpRequest request, int number) {
		String key = keyOf(request);
		if (request.lines().get(0).startsWith("PUT")) {
			return FIRST;
		}
		if (key.startsWith("held") || (key.startsWith("once") && number == 1)) {
			return null;
		}
		if (key.startsWith("slow")) {
			LockSupport.parkNanos(5 * LATER);
		}
		if (key.startsWith("late")) {
			await(latch(key));
			LockSupport.parkNanos(LATER);
		}
		return FIRST;
	}

	private Answer answerSecond(HttpRequest request, int number) {
		latch(keyOf(request)).countDown();
		return this.answers.getOrDefault(keyOf(request), Answer.error(404, "NoSuchKey"));
	}

	private CountDownLatch latch(String key) {
		return this.seen.computeIfAbsent(key, (each) -> new CountDownLatch(1));
	}

	private static String keyOf(HttpRequest request) {
		return request.path().replaceFirst("/(east|west)/", "");
	}

	private HttpRequest secondRequest(String key) {
		return this.secondary.requests().stream().filter((each) -> keyOf(each).equals(key)).findFirst().orElseThrow();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run(Consumer<AssertableApplicationContext> test) {
		run(30, test);
	}

	/**
	 * Run a test after quick calls, so that few of all are late.
	 */
	private void run(int quick, Consumer<AssertableApplicationContext> test) {
		Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.hedge.enabled=true", "s3s3.hedge.burst=100", "s3s3.hedge.extra-requests=50")
			.run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class);
				for (int i = 0; i < quick; i++) {
					get(client, GetObjectRequest.builder().key("soon").build());
				}
				test.accept(context);
			});
	}

	private FailoverS3Client listened(AssertableApplicationContext context) {
		return context.getBean(FailoverS3Client.class)
			.on(RequestHedged.class, this.hedged::add)
			.on(RequestSucceeded.class, this.succeeded::add);
	}

	private FailoverS3AsyncClient listenedAsync(AssertableApplicationContext context) {
		return context.getBean(FailoverS3AsyncClient.class)
			.on(RequestHedged.class, this.hedged::add)
			.on(RequestSucceeded.class, this.succeeded::add);
	}

	private static String get(FailoverS3Client client, GetObjectRequest request) {
		return client.getObjectAsBytes(request).asUtf8String();
	}

	private static String getAsync(FailoverS3AsyncClient client, GetObjectRequest request) {
		return client.getObject(request, AsyncResponseTransformer.toBytes()).join().asUtf8String();
	}

}
