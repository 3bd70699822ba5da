package io.s3s3.internal.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.internal.call.AttemptLimits;
import io.s3s3.location.LocationRole;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that are given up at any point, while their answers come from event loops.
 */
class RandomCancelTests extends AbstractAsyncEngineTests {

	private static final int CALLS = 5_000;

	@AutoClose("shutdownNow")
	private final ExecutorService loop = Executors.newFixedThreadPool(2, new DefaultThreadFactory("loop", true));

	@AutoClose("shutdownNow")
	private final ExecutorService callers = Executors.newFixedThreadPool(2);

	@Test
	void completesEachCallAndTellsSoOnce() throws Exception {
		this.limits = new AttemptLimits(2, Duration.ofMillis(1), null);
		Random random = new Random(7);
		AtomicInteger completed = new AtomicInteger();
		List<CompletableFuture<@Nullable Object>> results = new ArrayList<>();

		for (int i = 0; i < CALLS; i++) {
			for (LocationRole location : LocationRole.values()) {
				answer(next(location), random.nextInt(3));
				answer(next(location), random.nextInt(3));
			}
			CompletableFuture<@Nullable Object> result = head(counting(completed));
			results.add(result);
			if (random.nextBoolean()) {
				this.callers.execute(() -> result.cancel(true));
			}
			this.answers.values().forEach((left) -> left.removeIf(CompletableFuture::isDone));
		}

		for (CompletableFuture<@Nullable Object> result : results) {
			result.handle((answer, error) -> true).get(20, TimeUnit.SECONDS);
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(completed).hasValue(CALLS));
		assertThat(engine().open()).isZero();
	}

	private void answer(CompletableFuture<HeadObjectResponse> answer, int how) {
		this.loop.execute(() -> {
			if (how == 0) {
				answer.completeExceptionally(refused());
			}
			else {
				answer.complete(ANSWER);
			}
		});
	}

	private static RequestListener counting(AtomicInteger completed) {
		return new RequestListener() {

			@Override
			public void onRequestEvent(RequestEvent event) {
				completed.addAndGet((event instanceof RequestCompleted) ? 1 : 0);
			}

			@Override
			public boolean wants(Class<? extends RequestEvent> type) {
				return type == RequestCompleted.class;
			}

		};
	}

}
