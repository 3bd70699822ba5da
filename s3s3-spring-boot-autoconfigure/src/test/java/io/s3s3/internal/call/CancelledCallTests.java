package io.s3s3.internal.call;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.AbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link CallExecution} whose caller gives up.
 */
class CancelledCallTests {

	private final AsyncCalls calls;

	CancelledCallTests(@TempDir Path directory) {
		this.calls = new AsyncCalls(directory);
	}

	@Test
	void sendsNothingBeforeItBegins() {
		AsyncDriver driver = this.calls.driver();
		driver.cancel();

		CompletableFuture<Object> result = driver.begin();

		assertThat(AsyncCalls.errorOf(result)).isInstanceOf(AbortedException.class);
		assertThat(this.calls.requests).isEmpty();
		assertThat(this.calls.told(RequestSent.class)).isEmpty();
	}

	@Test
	void sendsNothingWhileItsBodyGetsReady() {
		AsyncDriver driver = this.calls.driver();
		CompletableFuture<Void> body = new CompletableFuture<>();
		driver.getReady(body);
		CompletableFuture<Object> result = driver.begin();

		driver.cancel();
		body.complete(null);

		assertThat(result).isCompletedExceptionally();
		assertThat(this.calls.requests).isEmpty();
		assertThat(failure()).isEqualTo(Failure.ofCaller(FailureKind.CANCELLED, Effect.NOT_SENT));
	}

	@Test
	void cancelsWhatIsInFlight() {
		AsyncDriver driver = this.calls.driver();
		CompletableFuture<Object> result = driver.begin();

		driver.cancel();

		assertThat(this.calls.answers.get(0)).isCancelled();
		assertThat(result).isCompletedExceptionally();
		assertThat(this.calls.requests).hasSize(1);
		assertThat(failure().kind()).isEqualTo(FailureKind.CANCELLED);
		assertThat(failure().countsAgainstLocation()).isFalse();
	}

	@Test
	void cancelsAQuestion() {
		AsyncDriver driver = this.calls.driver(new AsyncCalls.Asking(this.calls.request));
		CompletableFuture<Object> result = driver.begin();
		this.calls.refuse(0);

		driver.cancel();

		assertThat(this.calls.answers.get(1)).isCancelled();
		assertThat(result).isCompletedExceptionally();
		assertThat(this.calls.requests).hasSize(2);
	}

	@Test
	void endsWhileItWaits() {
		AsyncDriver driver = this.calls.driver();
		CompletableFuture<Object> result = driver.begin();
		this.calls.refuse(0);
		this.calls.refuse(1);

		driver.cancel();

		assertThat(AsyncCalls.errorOf(result)).isInstanceOf(AbortedException.class);
		driver.pass(Duration.ofMinutes(1));
		assertThat(this.calls.requests).hasSize(2);
		assertThat(this.calls.told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void endsAsAListenerWishes() {
		AsyncDriver driver = this.calls.driver();
		this.calls.listener = (event) -> {
			if (event instanceof RequestFailedOver) {
				driver.cancel();
			}
		};
		CompletableFuture<Object> result = driver.begin();

		this.calls.refuse(0);

		assertThat(result).isCompletedExceptionally();
		assertThat(this.calls.requests).hasSize(1);
		assertThat(this.calls.told(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void takesAnAnswerThatCameAllTheSame() {
		AsyncCalls uncancellable = this.calls;
		CallExecution execution = new CallExecution(uncancellable.scope(), new CallKind() {
		}, uncancellable.scope().services().router().route("HeadObject", uncancellable.request));
		execution.begin(AsyncCalls.START);
		Step.Start start = (Step.Start) Objects.requireNonNull(execution.take());
		assertThat(execution.send(start.number(), AsyncCalls.START).request()).isNotNull();

		execution.cancel(AsyncCalls.START);
		assertThat(execution.take()).isEqualTo(new Step.Cancel(start.number()));
		assertThat(execution.succeeded(start.number(), AsyncCalls.ANSWER, AsyncCalls.START)).isTrue();

		assertThat(execution.take()).isEqualTo(new Step.End(AsyncCalls.ANSWER, null));
	}

	private Failure failure() {
		return this.calls.told(ErrorReceived.class).get(0).getFailure();
	}

}
