package io.s3s3.internal.async;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.location.LocationRole;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the threads of {@link AsyncEngine}: which of them does what, and in which
 * context.
 */
class AsyncEngineThreadsTests extends AbstractAsyncEngineTests {

	/** Of Netty's threads. */
	@AutoClose("shutdownNow")
	private final ExecutorService loop = Executors.newSingleThreadExecutor(new DefaultThreadFactory("loop", true));

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

	private static void uninterruptibly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
