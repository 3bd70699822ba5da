package io.s3s3.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.BinaryUtils;

/**
 * A document or an error of an asynchronous answer, which ends at a limit, and fails if
 * it is an HTML page. Its beginning is held back until there is enough of it to tell. As
 * thread-safe as the answer.
 *
 * @param answer the answer
 * @param limit the maximum number of bytes
 * @param peeks whether it must not be an HTML page
 */
record GuardedAnswer(Publisher<ByteBuffer> answer, long limit, boolean peeks) implements Publisher<ByteBuffer> {

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
		 * {@code null} once known to be no page. Signals are serial, as for the count.
		 */
		private @Nullable ByteArrayOutputStream beginning;

		private long count;

		Guard(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
			this.beginning = GuardedAnswer.this.peeks ? new ByteArrayOutputStream() : null;
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
			if (AnswerSigns.isPage(bytes, bytes.length)) {
				fail(AnswerGuard.page());
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

		private void fail(SdkClientException error) {
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
