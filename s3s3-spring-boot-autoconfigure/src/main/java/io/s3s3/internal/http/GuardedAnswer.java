package io.s3s3.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.BinaryUtils;

/**
 * A document or an error of an asynchronous answer, which ends at a limit, and fails if
 * its beginning says so, which is held back until there is enough of it to tell. As
 * thread-safe as the answer.
 *
 * @param answer the answer
 * @param limit the maximum number of bytes
 * @param judge returns why a document that begins like this is no success, or
 * {@code null} if it is one; {@code null} if nobody asks
 */
record GuardedAnswer(Publisher<ByteBuffer> answer, long limit,
		@Nullable Function<byte[], @Nullable SdkException> judge) implements Publisher<ByteBuffer> {

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		this.answer.subscribe(new Guard(subscriber));
	}

	/**
	 * Stands between the answer and its subscriber. The subscriber has requested one
	 * piece when the first one arrives, so what was held back may be passed on as one.
	 */
	private final class Guard implements Subscriber<ByteBuffer>, Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private final AtomicBoolean ended = new AtomicBoolean();

		private volatile @Nullable Subscription subscription;

		/**
		 * {@code null} once judged. Signals are serial, as for the count.
		 */
		private @Nullable ByteArrayOutputStream beginning;

		private long count;

		Guard(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
			this.beginning = (GuardedAnswer.this.judge != null) ? new ByteArrayOutputStream() : null;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.subscriber.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			Subscription subscription = this.subscription;
			if (subscription != null) {
				subscription.request(count);
			}
		}

		@Override
		public void cancel() {
			Subscription subscription = this.subscription;
			if (subscription != null) {
				subscription.cancel();
			}
		}

		@Override
		public void onNext(ByteBuffer bytes) {
			this.count += bytes.remaining();
			ByteArrayOutputStream beginning = this.beginning;
			if (this.count > GuardedAnswer.this.limit) {
				fail(SdkClientException.create("Unable to read the answer",
						LimitedInputStream.exceeded(GuardedAnswer.this.limit)));
			}
			else if (beginning == null) {
				hand(bytes);
			}
			else {
				beginning.writeBytes(BinaryUtils.copyBytesFrom(bytes));
				if (beginning.size() < AnswerSigns.PEEK) {
					request(1);
				}
				else {
					handBeginning(beginning);
				}
			}
		}

		private void handBeginning(ByteArrayOutputStream beginning) {
			this.beginning = null;
			byte[] bytes = beginning.toByteArray();
			SdkException error = Objects.requireNonNull(GuardedAnswer.this.judge).apply(bytes);
			if (error != null) {
				fail(error);
			}
			else if (bytes.length > 0) {
				hand(ByteBuffer.wrap(bytes));
			}
		}

		private void hand(ByteBuffer bytes) {
			if (!this.ended.get()) {
				this.subscriber.onNext(bytes);
			}
		}

		private void fail(SdkException error) {
			onError(error);
			cancel();
		}

		@Override
		public void onError(Throwable error) {
			if (this.ended.compareAndSet(false, true)) {
				this.subscriber.onError(error);
			}
		}

		@Override
		public void onComplete() {
			ByteArrayOutputStream beginning = this.beginning;
			if (beginning != null) {
				handBeginning(beginning);
			}
			if (this.ended.compareAndSet(false, true)) {
				this.subscriber.onComplete();
			}
		}

	}

}
