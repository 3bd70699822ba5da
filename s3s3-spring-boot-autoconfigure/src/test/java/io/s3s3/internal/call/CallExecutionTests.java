package io.s3s3.internal.call;

import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestListener;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.event.S3Call;
import io.s3s3.failure.DefaultFailureClassifier;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link CallExecution}, which an asynchronous driver walks.
 */
class CallExecutionTests {

	private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	private static final HeadObjectResponse ANSWER = HeadObjectResponse.builder().build();

	private final HeadObjectRequest request = HeadObjectRequest.builder().key("k").build();

	private final LocationPair pair = new LocationPair(location(LocationRole.PRIMARY, "east"),
			location(LocationRole.SECONDARY, "west"));

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	private final List<RequestEvent> events = new ArrayList<>();

	/** What the locations were asked, with what they will answer. */
	private final List<CompletableFuture<Object>> answers = new ArrayList<>();

	private final List<S3Request> requests = new ArrayList<>();

	private final IncompleteUploads uploads;

	private AttemptLimits limits = AttemptLimits.DEFAULT;

	CallExecutionTests(@TempDir Path directory) {
		this.uploads = new IncompleteUploads(directory);
	}

	@AfterEach
	void close() {
		this.uploads.close();
	}

	@Test
	void endsWithTheAnswerOfThePrimary() {
		CompletableFuture<Object> result = driver(new CallKind() {
		}).begin();
		assertThat(result).isNotDone();

		answer(0, ANSWER);

		assertThat(result).isCompletedWithValue(ANSWER);
		assertThat(told(RequestSent.class)).hasSize(1);
		assertThat(told(RequestSucceeded.class)).hasSize(1);
	}

	@Test
	void addressesEachAttemptToItsLocation() {
		driver(new CallKind() {
		}).begin();

		fail(0, refused());

		assertThat(this.requests).extracting((request) -> ((HeadObjectRequest) request).bucket())
			.containsExactly("east", "west");
	}

	@Test
	void failsOverOnWhateverThreadTheOutcomeIsTold() throws Exception {
		CompletableFuture<Object> result = driver(new CallKind() {
		}).begin();

		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			thread.submit(() -> fail(0, refused())).get(10, TimeUnit.SECONDS);
			thread.submit(() -> answer(1, ANSWER)).get(10, TimeUnit.SECONDS);
		}
		finally {
			thread.shutdownNow();
		}

		assertThat(result).isCompletedWithValue(ANSWER);
		assertThat(told(RequestFailedOver.class)).singleElement()
			.extracting(RequestFailedOver::getReason)
			.isEqualTo(FailureKind.CONNECTION);
	}

	@Test
	void waitsBeforeItGoesRoundAgain() {
		AsyncDriver driver = driver(new CallKind() {
		});
		CompletableFuture<Object> result = driver.begin();
		fail(0, refused());
		fail(1, refused());
		assertThat(this.requests).hasSize(2);

		driver.pass(Duration.ofMillis(49));
		assertThat(this.requests).hasSize(2);
		driver.pass(Duration.ofMillis(1));
		answer(2, ANSWER);

		assertThat(result).isCompletedWithValue(ANSWER);
	}

	@Test
	void endsWhileItWaitsWhenTheCallerGivesUp() {
		AsyncDriver driver = driver(new CallKind() {
		});
		CompletableFuture<Object> result = driver.begin();
		fail(0, refused());
		fail(1, refused());

		driver.cancel();

		assertThat(errorOf(result)).isInstanceOf(AbortedException.class);
		assertThat(told(RequestCompleted.class)).hasSize(1);
		driver.pass(Duration.ofMinutes(1));
		assertThat(this.requests).hasSize(2);
	}

	@Test
	void cancelsWhatIsInFlightWhenTheCallerGivesUp() {
		AsyncDriver driver = driver(new CallKind() {
		});
		CompletableFuture<Object> result = driver.begin();

		driver.cancel();

		assertThat(this.answers.get(0)).isCancelled();
		assertThat(result).isDone();
		assertThat(this.requests).hasSize(1);
		assertThat(told(RequestCompleted.class)).hasSize(1);
		assertThat(this.director.isWell(LocationRole.PRIMARY)).isTrue();
	}

	@Test
	void ignoresAnOutcomeThatNobodyWaitsFor() {
		AsyncDriver driver = driver(new CallKind() {
		});
		CompletableFuture<Object> result = driver.begin();
		fail(0, refused());

		driver.repeat(1, HeadObjectResponse.builder().eTag("late").build());
		assertThat(result).isNotDone();
		answer(1, ANSWER);
		driver.repeat(2, HeadObjectResponse.builder().eTag("late").build());

		assertThat(result).isCompletedWithValue(ANSWER);
		assertThat(told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void endsAtItsDeadline() {
		this.limits = new AttemptLimits(4, Duration.ofMillis(100), Duration.ofSeconds(5));
		AsyncDriver driver = driver(new CallKind() {
		});
		CompletableFuture<Object> result = driver.begin();

		driver.pass(Duration.ofSeconds(5));
		fail(0, ApiCallTimeoutException.create(5000));

		Throwable error = errorOf(result);
		assertThat(error).isInstanceOf(ApiCallTimeoutException.class);
		assertThat(FailoverTrace.of(error))
			.hasValueSatisfying((trace) -> assertThat(trace.getMessage()).contains("the call timeout of PT5S is over"));
		assertThat(this.requests).hasSize(1);
	}

	@Test
	void limitsEachAttemptToTheTimeThatIsLeft() {
		this.limits = new AttemptLimits(4, Duration.ofMillis(100), Duration.ofSeconds(5));
		AsyncDriver driver = driver(new CallKind() {
		});
		driver.begin();

		driver.pass(Duration.ofSeconds(2));
		fail(0, refused());

		assertThat(this.requests)
			.extracting((request) -> request.overrideConfiguration().orElseThrow().apiCallTimeout())
			.containsExactly(Optional.of(Duration.ofSeconds(5)), Optional.of(Duration.ofSeconds(3)));
	}

	@Test
	void asksBeforeAnErrorCounts() {
		HeadObjectRequest question = HeadObjectRequest.builder().key("k").versionId("v").build();
		AsyncDriver driver = driver(new Asking(question));
		CompletableFuture<Object> result = driver.begin();

		fail(0, refused());
		assertThat(driver.steps()).last().isEqualTo(new Step.Ask(1, this.pair.primary(), question));
		answer(1, ANSWER);

		assertThat(result).isCompletedWithValue(ANSWER);
		assertThat(told(RequestSent.class)).hasSize(1);
		assertThat(told(RequestFailedOver.class)).isEmpty();
	}

	@Test
	void asksOnceForEachAttempt() {
		AsyncDriver driver = driver(new Asking(this.request));
		driver.begin();

		fail(0, refused());
		fail(1, refused());

		assertThat(driver.steps()).extracting(Object::getClass)
			.containsExactly(Step.Start.class, Step.Ask.class, Step.Start.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void endsOnceWhateverHappens(int seed) {
		Random random = new Random(seed);
		for (int run = 0; run < 500; run++) {
			this.events.clear();
			this.answers.clear();
			this.requests.clear();
			AsyncDriver driver = driver(random.nextBoolean() ? new CallKind() {
			} : new Asking(this.request));
			CompletableFuture<Object> result = driver.begin();
			int news = 0;
			while (!result.isDone()) {
				assertThat(news++).isLessThan(1000);
				happen(driver, random);
			}
			driver.cancel();
			driver.pass(Duration.ofMinutes(1));
			assertThat(told(RequestCompleted.class)).hasSize(1);
			assertThat(driver.steps()).filteredOn((step) -> step instanceof Step.Start)
				.hasSameSizeAs(told(RequestSent.class));
		}
	}

	private void happen(AsyncDriver driver, Random random) {
		switch (random.nextInt(6)) {
			case 0 -> driver.pass(Duration.ofMillis(random.nextInt(500)));
			case 1 -> driver.repeat(random.nextInt(5), ANSWER);
			case 2 -> {
				if (random.nextInt(20) == 0) {
					driver.cancel();
				}
			}
			case 3 -> this.answers.get(this.answers.size() - 1).complete(ANSWER);
			default -> this.answers.get(this.answers.size() - 1).completeExceptionally(refused());
		}
	}

	private AsyncDriver driver(CallKind kind) {
		Router router = new Router(this.pair, this.director, false, true);
		CallServices services = new CallServices(router, new DefaultFailureClassifier(false), this.director,
				new RetryRounds(this.limits, new RetryBudget(), () -> 0.5), this.uploads);
		CallScope scope = CallScope.of(services, new S3Call("HeadObject", this.request), new Recorder(), START);
		CallExecution execution = new CallExecution(scope, kind, router.route("HeadObject", this.request));
		return new AsyncDriver(execution, this::send, START);
	}

	private CompletableFuture<Object> send(S3Request request) {
		this.requests.add(request);
		CompletableFuture<Object> answer = new CompletableFuture<>();
		this.answers.add(answer);
		return answer;
	}

	private void answer(int index, Object answer) {
		this.answers.get(index).complete(answer);
	}

	private void fail(int index, Throwable error) {
		this.answers.get(index).completeExceptionally(error);
	}

	private <E extends RequestEvent> List<E> told(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	private static @Nullable Throwable errorOf(CompletableFuture<Object> result) {
		assertThat(result).isCompletedExceptionally();
		return result.handle((answer, error) -> (error instanceof CompletionException) ? error.getCause() : error)
			.join();
	}

	private static Location location(LocationRole role, String bucket) {
		return Location.of(role, mock(S3Client.class), bucket);
	}

	private static SdkClientException refused() {
		return SdkClientException.create("refused", new ConnectException("refused"));
	}

	/**
	 * Asks the same question after each error.
	 */
	private static final class Asking extends CallKind {

		private final S3Request question;

		Asking(S3Request question) {
			this.question = question;
		}

		@Override
		public S3Request question(Throwable error) {
			return this.question;
		}

	}

	/**
	 * Records all events.
	 */
	private final class Recorder implements RequestListener {

		@Override
		public void onRequestEvent(RequestEvent event) {
			CallExecutionTests.this.events.add(event);
		}

	}

}
