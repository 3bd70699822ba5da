package io.s3s3.internal.async;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.s3s3.internal.operation.LeafMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Tests for which thread hands on an answer that an event loop brings.
 */
class AsyncDownloadTests extends AbstractAsyncEngineTests {

	private static final LeafMethod GET = LeafMethod.of(S3AsyncClient.class, "getObject", CompletableFuture.class,
			GetObjectRequest.class, AsyncResponseTransformer.class);

	private static final LeafMethod PUT = LeafMethod.of(S3AsyncClient.class, "putObject", CompletableFuture.class,
			PutObjectRequest.class, AsyncRequestBody.class);

	private static final String LOOP = "loop";

	private static final String ETAG = "\"e\"";

	/** The name of the thread that asked for all of the body. */
	private final AtomicReference<@Nullable String> reader = new AtomicReference<>();

	/** Brings the answer. */
	private final AtomicReference<@Nullable Runnable> answering = new AtomicReference<>();

	@BeforeEach
	void prepare() {
		given(this.primary.getObject(any(GetObjectRequest.class), any(AsyncResponseTransformer.class)))
			.willAnswer((call) -> begin(call.getArgument(1)));
		given(this.primary.putObject(any(PutObjectRequest.class), any(AsyncRequestBody.class)))
			.willReturn(CompletableFuture.completedFuture(PutObjectResponse.builder().eTag(ETAG).build()));
	}

	@Test
	void isHandedOnByTheEventLoopIfTheTransformerIsTheSdks() {
		assertThat(((ResponseBytes<?>) get(AsyncResponseTransformer.toBytes())).asUtf8String()).isEqualTo("x");

		assertThat(this.reader).hasValue(LOOP);
	}

	@Test
	void isHandedOnByAThreadThatMayBlockIfTheTransformerIsTheCallers() {
		get(new CallersTransformer(AsyncResponseTransformer.toBytes()));

		assertThat(this.reader.get()).startsWith(Workers.NAME);
	}

	@Test
	void isHandedOnByAThreadThatMayBlockIfListenersMayBeTold() {
		engine()
			.execute(PUT, PutObjectRequest.builder().key("k").build(), AsyncRequestBody.fromString("x"), (event) -> {
			})
			.join();

		get(AsyncResponseTransformer.toBytes());

		assertThat(this.reader.get()).startsWith(Workers.NAME);
	}

	/**
	 * Get an object, whose answer comes when its caller has gone on to something else.
	 */
	private Object get(AsyncResponseTransformer<GetObjectResponse, ?> transformer) {
		CompletableFuture<@Nullable Object> result = engine().execute(GET, GetObjectRequest.builder().key("k").build(),
				transformer, (event) -> {
				});
		new FastThreadLocalThread(Objects.requireNonNull(this.answering.get()), LOOP).start();
		return Objects.requireNonNull(result.join());
	}

	private <T> CompletableFuture<T> begin(AsyncResponseTransformer<GetObjectResponse, T> transformer) {
		this.answering.set(() -> {
			transformer.onResponse(GetObjectResponse.builder().contentLength(1L).eTag(ETAG).build());
			transformer.onStream(SdkPublisher.adapt((subscriber) -> subscriber.onSubscribe(new Body(subscriber))));
		});
		return transformer.prepare();
	}

	/**
	 * A body of one byte.
	 */
	private final class Body implements Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private boolean begun;

		Body(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long count) {
			if (!this.begun) {
				this.begun = true;
				this.subscriber.onNext(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)));
				return;
			}
			AsyncDownloadTests.this.reader.set(Thread.currentThread().getName());
			this.subscriber.onComplete();
		}

		@Override
		public void cancel() {
		}

	}

	/**
	 * A transformer of the caller's own.
	 */
	private record CallersTransformer(AsyncResponseTransformer<GetObjectResponse, ?> delegate)
			implements
				AsyncResponseTransformer<GetObjectResponse, Object> {

		@Override
		public CompletableFuture<Object> prepare() {
			return this.delegate.prepare().thenApply((made) -> made);
		}

		@Override
		public void onResponse(GetObjectResponse response) {
			this.delegate.onResponse(response);
		}

		@Override
		public void onStream(SdkPublisher<ByteBuffer> publisher) {
			this.delegate.onStream(publisher);
		}

		@Override
		public void exceptionOccurred(Throwable error) {
			this.delegate.exceptionOccurred(error);
		}

	}

}
