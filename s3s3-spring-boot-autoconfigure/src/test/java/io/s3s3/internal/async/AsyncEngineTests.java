package io.s3s3.internal.async;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.call.AttemptLimits;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link AsyncEngine} and its driver.
 */
class AsyncEngineTests extends AbstractAsyncEngineTests {

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

}
