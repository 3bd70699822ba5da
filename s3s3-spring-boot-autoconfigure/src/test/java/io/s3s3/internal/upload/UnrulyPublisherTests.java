package io.s3s3.internal.upload;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Bodies of callers that do not keep the rules of publishers: what they bring is never
 * taken for whole if it is not, and whoever waits for it is told.
 */
@SuppressWarnings("NullAway") // they bring nulls
class UnrulyPublisherTests {

	@TempDir
	private Path directory;

	@Test
	void failsWithNull() {
		AsyncUploadBody body = body(null, (subscriber) -> {
			subscriber.onNext(bytes(10));
			subscriber.onError(null);
		});

		assertThat(body.prepare()).isCompletedExceptionally();
		assertThat(body.callerFailure()).isInstanceOf(NullPointerException.class);
	}

	@Test
	void bringsNullAndNoMore() {
		AsyncUploadBody body = body(null, (subscriber) -> subscriber.onNext(null));

		assertThat(body.prepare()).isCompletedExceptionally();
		assertThat(body.callerFailure()).isInstanceOf(NullPointerException.class);
	}

	@Test
	void goesOnAfterItsEnd() throws Exception {
		AsyncUploadBody body = body(null, (subscriber) -> {
			subscriber.onNext(bytes(10));
			subscriber.onComplete();
			subscriber.onNext(bytes(10));
		});

		CompletableFuture<?> prepared = body.prepare();

		assertThat(prepared).isCompleted();
		assertThat(body.size()).isEqualTo(10);
		assertThat(body.reopen().readAllBytes()).hasSize(10);
	}

	@Test
	void bringsMoreThanItsLength() {
		AsyncUploadBody body = body(10L, (subscriber) -> {
			subscriber.onNext(bytes(30));
			subscriber.onComplete();
		});
		body.prepare();
		body.forAttempt(null).subscribe((bytes) -> {
		});

		assertThat(body.size()).isEqualTo(10);
	}

	@Test
	void subscribesTwice() throws Exception {
		AtomicInteger cancelled = new AtomicInteger();
		AsyncUploadBody body = unruly(null, (subscriber) -> {
			subscriber.onSubscribe(subscription(() -> {
				subscriber.onNext(bytes(10));
				subscriber.onComplete();
			}, new AtomicInteger()));
			subscriber.onSubscribe(subscription(() -> {
			}, cancelled));
		});

		assertThat(body.prepare()).isCompleted();
		assertThat(body.size()).isEqualTo(10);
		assertThat(cancelled).hasValue(1);
	}

	@Test
	void bringsNoSubscription() {
		AsyncUploadBody body = unruly(null, (subscriber) -> subscriber.onSubscribe(null));

		assertThatNullPointerException().isThrownBy(body::prepare);
		assertThat(body.callerFailure()).isInstanceOf(NullPointerException.class);
	}

	private AsyncUploadBody body(@Nullable Long length, Consumer<Subscriber<? super ByteBuffer>> whenAsked) {
		return unruly(length, (subscriber) -> subscriber
			.onSubscribe(subscription(() -> whenAsked.accept(subscriber), new AtomicInteger())));
	}

	private AsyncUploadBody unruly(@Nullable Long length, Consumer<Subscriber<? super ByteBuffer>> onSubscribe) {
		AsyncRequestBody source = new AsyncRequestBody() {

			@Override
			public Optional<Long> contentLength() {
				return Optional.ofNullable(length);
			}

			@Override
			public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
				onSubscribe.accept(subscriber);
			}

		};
		return new AsyncUploadBody(source, false, TransferSettings.builder().directory(this.directory).build(),
				Runnable::run);
	}

	/**
	 * Make a subscription that brings all when it is asked for the first time.
	 */
	private static Subscription subscription(Runnable whenAsked, AtomicInteger cancelled) {
		return new Subscription() {

			private boolean asked;

			@Override
			public void request(long count) {
				if (!this.asked) {
					this.asked = true;
					whenAsked.run();
				}
			}

			@Override
			public void cancel() {
				cancelled.incrementAndGet();
			}

		};
	}

	private static ByteBuffer bytes(int count) {
		return ByteBuffer.allocate(count);
	}

}
