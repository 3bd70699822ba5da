package io.s3s3.internal.upload;

import java.nio.ByteBuffer;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Counts how many pieces it is asked for.
 */
final class CountingPublisher implements Publisher<ByteBuffer> {

	private final Publisher<ByteBuffer> delegate;

	long asked;

	boolean cancelled;

	CountingPublisher(Publisher<ByteBuffer> delegate) {
		this.delegate = delegate;
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		this.delegate.subscribe(new Subscriber<ByteBuffer>() {

			@Override
			public void onSubscribe(Subscription subscription) {
				subscriber.onSubscribe(new Subscription() {

					@Override
					public void request(long count) {
						CountingPublisher.this.asked += count;
						subscription.request(count);
					}

					@Override
					public void cancel() {
						CountingPublisher.this.cancelled = true;
						subscription.cancel();
					}

				});
			}

			@Override
			public void onNext(ByteBuffer bytes) {
				subscriber.onNext(bytes);
			}

			@Override
			public void onError(Throwable error) {
				subscriber.onError(error);
			}

			@Override
			public void onComplete() {
				subscriber.onComplete();
			}

		});
	}

	/**
	 * Has nothing to give.
	 */
	static final class Ignoring implements Subscription {

		@Override
		public void request(long count) {
		}

		@Override
		public void cancel() {
		}

	}

}
