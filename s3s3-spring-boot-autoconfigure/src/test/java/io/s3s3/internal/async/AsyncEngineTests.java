package io.s3s3.internal.async;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.call.AttemptLimits;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.location.LocationRole;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link AsyncEngine} and its driver.
 */
class AsyncEngineTests extends AbstractAsyncEngineTests {

	/** Of Netty's threads. */
	@AutoClose("shutdownNow")
	private final ExecutorService loop = Executors.newSingleThreadExecutor(new DefaultThreadFactory("loop", true));

	@Test
	void goesToTheOtherLocation() {
		CompletableFuture<HeadObjectResponse> first = next(LocationRole.PRIMARY);
		CompletableFuture<HeadObjectResponse> second = next(LocationRole.SECONDARY);
		CompletableFuture<@Nullable Object> result = head();

		first.completeExceptionally(new CompletionException(refused()));
		second.complete(ANSWER);

		assertThat(result).isCompletedWithValue(ANSWER);
		assertThat(told(RequestFailedOver.class)).hasSize(1);
		assertThat(told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void failsAsTheSdkDoes() {
		SdkClientException error = refused();
		next(LocationRole.PRIMARY).completeExceptionally(refused());
		next(LocationRole.SECONDARY).completeExceptionally(new CompletionException(error));

		CompletableFuture<@Nullable Object> result = head();

		assertThatThrownBy(result::join).isInstanceOf(CompletionException.class).hasCause(error);
		assertThatThrownBy(result::get).isInstanceOf(ExecutionException.class).hasCause(error);
		assertThat(result.handle((answer, failure) -> failure).join()).isInstanceOf(CompletionException.class);
		assertThat(FailoverTrace.of(error)).isPresent();
	}

	@Test
	void failsIfAClientThrowsOrReturnsNothing() {
		CompletableFuture<@Nullable Object> result = head();

		assertThatThrownBy(result::join).hasCauseInstanceOf(NullPointerException.class);
		assertThat(told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void failsIfAListenerThrows() {
		next(LocationRole.PRIMARY).complete(ANSWER);

		CompletableFuture<@Nullable Object> result = head((event) -> {
			throw new OutOfMemoryError("none left");
		});

		assertThatThrownBy(result::join).hasCauseInstanceOf(OutOfMemoryError.class);
	}

	@Test
	void failsIfTheClassifierThrows() {
		this.classifier = (error) -> {
			throw new OutOfMemoryError("none left");
		};
		next(LocationRole.PRIMARY).completeExceptionally(refused());

		assertThatThrownBy(head()::join).hasCauseInstanceOf(OutOfMemoryError.class);
	}

	@Test
	void abortsTheAttemptUnderWayWhenItIsCancelled() {
		CompletableFuture<HeadObjectResponse> answer = next(LocationRole.PRIMARY);
		CompletableFuture<@Nullable Object> result = head();

		result.cancel(true);

		assertThat(answer).isCancelled();
		assertThat(told(RequestSent.class)).hasSize(1);
		assertThat(told(ErrorReceived.class).get(0).getFailure().kind()).isEqualTo(FailureKind.CANCELLED);
		assertThat(told(ErrorReceived.class).get(0).getFailure().countsAgainstLocation()).isFalse();
		assertThat(told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void givesUpWhenItsFutureIsCompletedByAnother() {
		CompletableFuture<HeadObjectResponse> answer = next(LocationRole.PRIMARY);
		CompletableFuture<@Nullable Object> result = head();

		result.complete(null);

		assertThat(answer).isCancelled();
	}

	@Test
	void endsAsAListenerWishes() {
		CompletableFuture<HeadObjectResponse> first = next(LocationRole.PRIMARY);
		CompletableFuture<HeadObjectResponse> second = next(LocationRole.SECONDARY);
		AtomicReference<CompletableFuture<?>> result = new AtomicReference<>();
		result.set(head((event) -> {
			if (event instanceof RequestFailedOver) {
				Objects.requireNonNull(result.get()).cancel(true);
			}
		}));

		first.completeExceptionally(refused());

		assertThat(result.get()).isCancelled();
		assertThat(answersOf(LocationRole.SECONDARY)).containsExactly(second);
	}

	@Test
	void waitsBetweenRoundsWithoutAThread() {
		this.limits = new AttemptLimits(2, Duration.ofMillis(20), null);
		next(LocationRole.PRIMARY).completeExceptionally(refused());
		next(LocationRole.SECONDARY).completeExceptionally(refused());
		next(LocationRole.PRIMARY).complete(ANSWER);

		CompletableFuture<@Nullable Object> result = head();

		assertThat(result).isNotCompletedExceptionally();
		assertThat(result.join()).isSameAs(ANSWER);
		assertThat(told(RequestSent.class)).hasSize(3);
	}

	@Test
	void doesNothingOnAnEventLoopThatBringsTheNews() throws Exception {
		CompletableFuture<HeadObjectResponse> first = next(LocationRole.PRIMARY);
		next(LocationRole.SECONDARY).complete(ANSWER);
		AtomicReference<Thread> listener = new AtomicReference<>();
		CompletableFuture<@Nullable Object> result = head((event) -> {
			if (event instanceof RequestFailedOver) {
				listener.set(Thread.currentThread());
			}
		});
		CompletableFuture<Thread> completer = result.thenApply((answer) -> Thread.currentThread());

		this.loop.submit(() -> first.completeExceptionally(refused())).get();

		assertThat(completer.get().getName()).startsWith(Workers.NAME);
		assertThat(Objects.requireNonNull(listener.get()).getName()).startsWith(Workers.NAME);
	}

	@Test
	void beginsElsewhereWhenItIsCalledOnAnEventLoop() throws Exception {
		next(LocationRole.PRIMARY).complete(ANSWER);
		AtomicReference<Thread> sender = new AtomicReference<>();

		CompletableFuture<@Nullable Object> result = this.loop.submit(() -> head((event) -> {
			if (event instanceof RequestSent) {
				sender.set(Thread.currentThread());
			}
		})).get();

		assertThat(result.join()).isSameAs(ANSWER);
		assertThat(Objects.requireNonNull(sender.get()).getName()).startsWith(Workers.NAME);
	}

	@Test
	void letsNobodyWaitForAListenerThatBlocks() throws Exception {
		CompletableFuture<HeadObjectResponse> first = next(LocationRole.PRIMARY);
		CountDownLatch told = new CountDownLatch(1);
		CountDownLatch blocked = new CountDownLatch(1);
		CompletableFuture<@Nullable Object> result = head((event) -> {
			if (event instanceof ErrorReceived) {
				told.countDown();
				uninterruptibly(blocked);
			}
		});
		this.loop.submit(() -> first.completeExceptionally(refused())).get();
		told.await();

		this.loop.submit(() -> result.cancel(true)).get(10, TimeUnit.SECONDS);

		assertThat(result).isCancelled();
		blocked.countDown();
	}

	@Test
	void completesOnTheThreadThatBringsTheAnswerIfThatMayBlock() {
		CompletableFuture<HeadObjectResponse> answer = next(LocationRole.PRIMARY);
		CompletableFuture<Thread> completer = head().thenApply((result) -> Thread.currentThread());

		answer.complete(ANSWER);

		assertThat(completer).isCompletedWithValue(Thread.currentThread());
	}

	@Test
	void restoresTheContextOfTheCallerAroundWhatIsOursOnly() throws Exception {
		CompletableFuture<HeadObjectResponse> answer = next(LocationRole.PRIMARY);
		AtomicReference<@Nullable String> seen = new AtomicReference<>();
		MDC.put("call", "7");
		CompletableFuture<@Nullable Object> result = head((event) -> {
			if (event instanceof RequestCompleted) {
				seen.set(MDC.get("call"));
			}
		});
		assertThat(MDC.get("call")).isEqualTo("7");
		MDC.clear();
		CompletableFuture<@Nullable String> after = result.thenApply((any) -> MDC.get("call"));

		this.loop.submit(() -> answer.complete(ANSWER)).get();

		assertThat(after.get()).isNull();
		assertThat(seen.get()).isEqualTo("7");
	}

	@Test
	void goesOnThoughATaskDecoratorThrowsOrDoesNothing() throws Exception {
		this.transfer = TransferSettings.builder().threads(new TransferThreads(false, (task) -> () -> {
		})).build();
		CompletableFuture<HeadObjectResponse> answer = next(LocationRole.PRIMARY);
		CompletableFuture<@Nullable Object> result = head();

		this.loop.submit(() -> answer.complete(ANSWER)).get();

		assertThat(result.get()).isSameAs(ANSWER);
	}

	@Test
	void failsWhatIsOpenAndRefusesWhatComesOnceItIsClosed() {
		CompletableFuture<HeadObjectResponse> answer = next(LocationRole.PRIMARY);
		CompletableFuture<@Nullable Object> open = head();

		engine().close();

		assertThatThrownBy(open::join).hasCauseInstanceOf(SdkClientException.class);
		assertThat(answer).isCancelled();
		assertThatThrownBy(head()::join).hasCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void doesNotWaitForLongOnceItIsClosed() {
		this.limits = new AttemptLimits(2, Duration.ofHours(1), null);
		next(LocationRole.PRIMARY).completeExceptionally(refused());
		next(LocationRole.SECONDARY).completeExceptionally(refused());
		CompletableFuture<@Nullable Object> waiting = head();

		engine().close();

		assertThatThrownBy(waiting::join).hasCauseInstanceOf(SdkClientException.class);
		assertThat(told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void completesWithAFailureWithoutARequest() {
		assertThatThrownBy(engine().execute(HEAD, null, null, this.events::add)::join)
			.hasCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void tellsWhatIsCancelledOnce() {
		next(LocationRole.PRIMARY).completeExceptionally(new CancellationException());
		next(LocationRole.SECONDARY).complete(ANSWER);

		head().handle((answer, error) -> answer).join();

		assertThat(told(RequestCompleted.class)).hasSize(1);
	}

	private static void uninterruptibly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
