package io.s3s3.internal.call;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.event.ResponseReceived;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.route.Route;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallExecution}, which an asynchronous driver walks.
 */
class CallExecutionTests {

	private final AsyncCalls calls;

	CallExecutionTests(@TempDir Path directory) {
		this.calls = new AsyncCalls(directory);
	}

	@Test
	void endsWithTheAnswerOfThePrimary() {
		CompletableFuture<Object> result = this.calls.driver().begin();
		assertThat(result).isNotDone();

		this.calls.answer(0);

		assertThat(result).isCompletedWithValue(AsyncCalls.ANSWER);
		assertThat(this.calls.told(RequestSent.class)).hasSize(1);
		assertThat(this.calls.told(RequestSucceeded.class)).hasSize(1);
	}

	@Test
	void addressesEachAttemptToItsLocation() {
		this.calls.driver().begin();

		this.calls.refuse(0);

		assertThat(this.calls.requests).extracting((request) -> ((HeadObjectRequest) request).bucket())
			.containsExactly("east", "west");
	}

	@Test
	void failsOverOnWhateverThreadTheOutcomeIsTold() throws Exception {
		CompletableFuture<Object> result = this.calls.driver().begin();

		CompletableFuture.runAsync(() -> this.calls.refuse(0)).get(10, TimeUnit.SECONDS);
		CompletableFuture.runAsync(() -> this.calls.answer(1)).get(10, TimeUnit.SECONDS);

		assertThat(result).isCompletedWithValue(AsyncCalls.ANSWER);
		assertThat(this.calls.told(RequestFailedOver.class)).singleElement()
			.extracting(RequestFailedOver::getReason)
			.isEqualTo(FailureKind.CONNECTION);
	}

	@Test
	void waitsBeforeItGoesRoundAgain() {
		AsyncDriver driver = this.calls.driver();
		CompletableFuture<Object> result = driver.begin();
		this.calls.refuse(0);
		this.calls.refuse(1);
		assertThat(this.calls.requests).hasSize(2);

		driver.pass(Duration.ofMillis(49));
		driver.wake();
		assertThat(this.calls.requests).hasSize(2);
		driver.pass(Duration.ofMillis(1));
		this.calls.answer(2);

		assertThat(result).isCompletedWithValue(AsyncCalls.ANSWER);
	}

	@Test
	void ignoresAnOutcomeThatNobodyWaitsFor() {
		AsyncDriver driver = this.calls.driver();
		CompletableFuture<Object> result = driver.begin();
		this.calls.refuse(0);

		assertThat(driver.answer(1, AsyncCalls.LATE)).isFalse();
		assertThat(result).isNotDone();
		this.calls.answer(1);
		assertThat(driver.answer(2, AsyncCalls.LATE)).isFalse();

		assertThat(result).isCompletedWithValue(AsyncCalls.ANSWER);
		assertThat(this.calls.told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void endsAtItsDeadline() {
		this.calls.limits = new AttemptLimits(4, Duration.ofMillis(100), Duration.ofSeconds(5));
		AsyncDriver driver = this.calls.driver();
		CompletableFuture<Object> result = driver.begin();

		driver.pass(Duration.ofSeconds(5));
		this.calls.fail(0, ApiCallTimeoutException.create(5000));

		Throwable error = AsyncCalls.errorOf(result);
		assertThat(error).isInstanceOf(ApiCallTimeoutException.class);
		assertThat(FailoverTrace.of(error))
			.hasValueSatisfying((trace) -> assertThat(trace.getMessage()).contains("the call timeout of PT5S is over"));
		assertThat(this.calls.requests).hasSize(1);
	}

	@Test
	void limitsEachAttemptToTheTimeThatIsLeft() {
		this.calls.limits = new AttemptLimits(4, Duration.ofMillis(100), Duration.ofSeconds(5));
		AsyncDriver driver = this.calls.driver();
		driver.begin();

		driver.pass(Duration.ofSeconds(2));
		this.calls.refuse(0);

		assertThat(this.calls.requests)
			.extracting((request) -> request.overrideConfiguration().orElseThrow().apiCallTimeout())
			.containsExactly(Optional.of(Duration.ofSeconds(5)), Optional.of(Duration.ofSeconds(3)));
	}

	@Test
	void sendsNothingOnceTheTimeForTheBodyIsOver() {
		this.calls.limits = new AttemptLimits(4, Duration.ofMillis(100), Duration.ofSeconds(5));
		AsyncDriver driver = this.calls.driver();
		CompletableFuture<Void> body = new CompletableFuture<>();
		driver.getReady(body);
		CompletableFuture<Object> result = driver.begin();

		driver.pass(Duration.ofSeconds(6));
		body.complete(null);

		assertThat(AsyncCalls.errorOf(result)).isInstanceOf(ApiCallTimeoutException.class);
		assertThat(this.calls.requests).isEmpty();
		assertThat(this.calls.director.isWell(LocationRole.PRIMARY)).isTrue();
	}

	@Test
	void doesNotBeginTheRestOfAnAnswerAfterTheDeadline() {
		this.calls.limits = new AttemptLimits(4, Duration.ofMillis(100), Duration.ofSeconds(5));
		FailedAttempt broke = new FailedAttempt(LocationRole.PRIMARY, Duration.ofSeconds(5),
				Failure.ofLocation(FailureKind.RESET, Effect.UNKNOWN));
		CallExecution rest = CallExecution.continuing(this.calls.scope(), new CallKind() {
		}, new Route(List.of(this.calls.pair.primary(), this.calls.pair.secondary()), null),
				new BrokenAnswer(this.calls.pair.primary(), 1, AsyncCalls.START, broke, AsyncCalls.refused()));

		rest.begin(AsyncCalls.START + Duration.ofSeconds(5).toNanos());

		assertThat(rest.take()).isInstanceOf(Step.End.class);
		assertThat(this.calls.events).isEmpty();
	}

	@Test
	void asksBeforeAnErrorCounts() {
		HeadObjectRequest question = HeadObjectRequest.builder().key("k").versionId("v").build();
		AsyncDriver driver = this.calls.driver(new AsyncCalls.Asking(question));
		CompletableFuture<Object> result = driver.begin();

		this.calls.refuse(0);
		assertThat(driver.steps()).last().isEqualTo(new Step.Ask(2, this.calls.pair.primary(), question));
		assertThat(driver.answer(1, AsyncCalls.LATE)).isFalse();
		this.calls.answer(1);

		assertThat(result).isCompletedWithValue(AsyncCalls.ANSWER);
		assertThat(this.calls.told(RequestSent.class)).hasSize(1);
		assertThat(this.calls.told(RequestFailedOver.class)).isEmpty();
	}

	@Test
	void asksOnceForEachAttempt() {
		AsyncDriver driver = this.calls.driver(new AsyncCalls.Asking(this.calls.request));
		driver.begin();

		this.calls.refuse(0);
		this.calls.refuse(1);

		assertThat(driver.steps()).extracting(Object::getClass)
			.containsExactly(Step.Start.class, Step.Ask.class, Step.Start.class);
	}

	@ParameterizedTest
	@ValueSource(classes = { RequestSent.class, ErrorReceived.class, RequestFailedOver.class, ResponseReceived.class,
			RequestSucceeded.class, RequestCompleted.class })
	void endsWithTheErrorOfAListener(Class<? extends RequestEvent> type) {
		StackOverflowError error = new StackOverflowError();
		this.calls.listener = (event) -> {
			if (type.isInstance(event)) {
				throw error;
			}
		};
		CompletableFuture<Object> result = this.calls.driver().begin();

		if (!result.isDone()) {
			this.calls.refuse(0);
		}
		if (!result.isDone()) {
			this.calls.answer(1);
		}

		assertThat(AsyncCalls.errorOf(result)).isSameAs(error);
		assertThat(this.calls.told(RequestCompleted.class)).hasSizeLessThanOrEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void endsOnceWhateverHappens(int seed) {
		Random random = new Random(seed);
		for (int run = 0; run < 500; run++) {
			this.calls.events.clear();
			this.calls.answers.clear();
			this.calls.requests.clear();
			AsyncDriver driver = this.calls.driver(random.nextBoolean() ? new CallKind() {
			} : new AsyncCalls.Asking(this.calls.request));
			if (random.nextInt(20) == 0) {
				driver.cancel();
			}
			CompletableFuture<Object> result = driver.begin();
			for (int news = 0; !result.isDone(); news++) {
				assertThat(news).isLessThan(1000);
				happen(driver, random);
			}
			driver.cancel();
			driver.pass(Duration.ofMinutes(1));
			assertThat(this.calls.told(RequestCompleted.class)).hasSize(1);
			assertThat(driver.steps()).filteredOn((step) -> step instanceof Step.Start)
				.hasSameSizeAs(this.calls.told(RequestSent.class));
			assertThat(this.calls.told(ErrorReceived.class).size() + this.calls.told(ResponseReceived.class).size())
				.isEqualTo(this.calls.told(RequestSent.class).size());
		}
	}

	private void happen(AsyncDriver driver, Random random) {
		int last = this.calls.answers.size() - 1;
		switch (random.nextInt(7)) {
			case 0 -> driver.pass(Duration.ofMillis(random.nextInt(500)));
			case 1 -> driver.answer(random.nextInt(8), AsyncCalls.LATE);
			case 2 -> driver.wake();
			case 3 -> this.calls.answer(last);
			case 4 -> {
				if (random.nextInt(20) == 0) {
					driver.cancel();
				}
			}
			default -> this.calls.refuse(last);
		}
	}

}
