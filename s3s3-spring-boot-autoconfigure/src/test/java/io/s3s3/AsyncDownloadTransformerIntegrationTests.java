package io.s3s3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.DownloadCutter.Cut;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a caller's transformer or subscriber sees of a download of the asynchronous
 * client.
 */
class AsyncDownloadTransformerIntegrationTests extends AbstractAsyncResumedDownloadTests {

	@Test
	void preparesATransformerForEachAttemptAndNeverAfterItsStream() {
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 0 : length);
		Recording transformer = new Recording();

		assertThatThrownBy(() -> this.s3.getObject((r) -> r.key("missing"), transformer).join())
			.isInstanceOf(CompletionException.class);
		assertThat(transformer.calls).containsExactly("prepare", "exceptionOccurred");

		transformer.calls.clear();
		this.secondary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);
		this.primary.die();
		assertThatThrownBy(() -> this.s3.getObject((r) -> r.key(KEY), transformer).join())
			.isInstanceOf(CompletionException.class);
		assertThat(transformer.calls).containsExactly("prepare", "prepare", "onResponse", "onStream", "onError",
				"exceptionOccurred");
	}

	@Test
	void failsWithWhatATransformerThrows() {
		IllegalStateException thrown = new IllegalStateException("the caller's");
		AsyncResponseTransformer<GetObjectResponse, Void> transformer = new Recording() {

			@Override
			public void onStream(SdkPublisher<ByteBuffer> publisher) {
				throw thrown;
			}

		};

		assertThatThrownBy(() -> this.s3.getObject((r) -> r.key(KEY), transformer).join()).hasCause(thrown);
		assertThat(of(RequestFailedOver.class)).isEmpty();
	}

	@Test
	void asksForNoMoreThanItsSubscriberAndStopsWithIt() {
		byte[] large = new byte[32 << 20];
		AbstractResumedDownloadTests.put(east, large);
		try {
			var publisher = this.s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toPublisher()).join();
			List<Integer> pieces = new CopyOnWriteArrayList<>();
			CompletableFuture<Subscription> subscribed = new CompletableFuture<>();
			publisher.subscribe(new Subscriber<ByteBuffer>() {

				@Override
				public void onSubscribe(Subscription subscription) {
					subscription.request(2);
					subscribed.complete(subscription);
				}

				@Override
				public void onNext(ByteBuffer bytes) {
					pieces.add(bytes.remaining());
				}

				@Override
				public void onError(Throwable error) {
				}

				@Override
				public void onComplete() {
				}

			});

			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pieces.size() == 2);
			subscribed.join().cancel();

			assertThat(pieces).hasSize(2);
			assertThat(this.primary.bodyBytes()).isLessThan(large.length / 2);
			assertThat(this.secondary.requests()).isEmpty();
		}
		finally {
			AbstractResumedDownloadTests.put(east, CONTENT);
		}
	}

	/**
	 * Notes how it is called.
	 */
	private static class Recording implements AsyncResponseTransformer<GetObjectResponse, Void> {

		final List<String> calls = new ArrayList<>();

		private CompletableFuture<Void> future = new CompletableFuture<>();

		@Override
		public CompletableFuture<Void> prepare() {
			this.calls.add("prepare");
			this.future = new CompletableFuture<>();
			return this.future;
		}

		@Override
		public void onResponse(GetObjectResponse response) {
			this.calls.add("onResponse");
		}

		@Override
		public void onStream(SdkPublisher<ByteBuffer> publisher) {
			this.calls.add("onStream");
			publisher.subscribe((bytes) -> {
			}).whenComplete((all, error) -> {
				this.calls.add((error != null) ? "onError" : "onComplete");
				if (error != null) {
					this.future.completeExceptionally(error);
				}
				else {
					this.future.complete(null);
				}
			});
		}

		@Override
		public void exceptionOccurred(Throwable error) {
			this.calls.add("exceptionOccurred");
			this.future.completeExceptionally(error);
		}

	}

}
