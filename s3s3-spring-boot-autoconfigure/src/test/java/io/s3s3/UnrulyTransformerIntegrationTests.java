package io.s3s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultyEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Transformers of callers that do not keep the rules: their futures complete all the
 * same, and their connections are freed.
 */
class UnrulyTransformerIntegrationTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: ";

	@AutoClose
	private final FaultyEndpoint endless = AnsweringEndpoint.sendingForEver(HEAD + "1000000000\r\n\r\n", "x");

	@AutoClose
	private final FaultyEndpoint brief = AnsweringEndpoint.sending(HEAD + "3\r\n\r\nabc");

	@AutoClose
	private final FaultyEndpoint nobody = FaultyEndpoint.refusing();

	@Test
	void preparesNothing() {
		fails(this.endless, new Unruly() {

			@Override
			@SuppressWarnings("NullAway")
			public CompletableFuture<String> prepare() {
				return null;
			}

		}, NullPointerException.class);
	}

	@Test
	void throwsWhenItIsSubscribed() {
		fails(this.endless, new Unruly() {

			@Override
			public void onSubscribe(Subscription subscription) {
				throw new IllegalStateException("no");
			}

		}, IllegalStateException.class);
	}

	@Test
	void throwsAtTheEnd() {
		fails(this.brief, new Unruly() {

			@Override
			public void onComplete() {
				throw new IllegalStateException("no");
			}

		}, IllegalStateException.class);
	}

	@Test
	void throwsAnErrorAtTheEnd() {
		fails(this.brief, new Unruly() {

			@Override
			public void onComplete() {
				throw new StackOverflowError("no");
			}

		}, StackOverflowError.class);
	}

	@Test
	void subscribesTwice() throws Exception {
		Unruly transformer = new Unruly() {

			@Override
			public void onStream(SdkPublisher<ByteBuffer> publisher) {
				super.onStream(publisher);
				publisher.subscribe(new Meddling());
			}

		};

		assertThat(get(this.brief, transformer).get(10, TimeUnit.SECONDS)).isEqualTo("3");
	}

	private void fails(FaultyEndpoint endpoint, Unruly transformer, Class<? extends Throwable> error) {
		CompletableFuture<String> result = get(endpoint, transformer);

		assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(error);
	}

	/**
	 * Make a call, and see that nothing is left of it but its future.
	 */
	private CompletableFuture<String> get(FaultyEndpoint endpoint, Unruly transformer) {
		try (FaultProxy proxy = FaultProxy.to(endpoint.uri());
				AsyncPair pair = AsyncPair.of(proxy.uri(), this.nobody.uri())) {
			CompletableFuture<String> result = pair.client().getObject((request) -> request.key("k"), transformer);
			Awaitility.await().until(result::isDone);
			Awaitility.await().until(() -> proxy.openConnections() == 0);
			return result;
		}
	}

	/**
	 * Counts the bytes that it gets.
	 */
	private static class Unruly implements AsyncResponseTransformer<GetObjectResponse, String>, Subscriber<ByteBuffer> {

		private volatile CompletableFuture<String> result = new CompletableFuture<>();

		private int count;

		@Override
		public CompletableFuture<String> prepare() {
			this.result = new CompletableFuture<>();
			return this.result;
		}

		@Override
		public void onResponse(GetObjectResponse response) {
		}

		@Override
		public void onStream(SdkPublisher<ByteBuffer> publisher) {
			publisher.subscribe(this);
		}

		@Override
		public void exceptionOccurred(Throwable error) {
			this.result.completeExceptionally(error);
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(ByteBuffer bytes) {
			this.count += bytes.remaining();
		}

		@Override
		public void onError(Throwable error) {
			this.result.completeExceptionally(error);
		}

		@Override
		public void onComplete() {
			this.result.complete(String.valueOf(this.count));
		}

	}

	/**
	 * Comes second, and wants it all to end.
	 */
	private static final class Meddling implements Subscriber<ByteBuffer> {

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(1);
			subscription.cancel();
		}

		@Override
		public void onNext(ByteBuffer bytes) {
			throw new IllegalStateException("It is for one subscriber");
		}

		@Override
		public void onError(Throwable error) {
		}

		@Override
		public void onComplete() {
		}

	}

}
