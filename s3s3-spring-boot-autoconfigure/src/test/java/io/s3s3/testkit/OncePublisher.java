package io.s3s3.testkit;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A publisher that gives its bytes to one subscriber only, a piece for each demand, and
 * reuses its buffer.
 */
public final class OncePublisher implements Publisher<ByteBuffer> {

	private final byte[] content;

	private final byte[] piece;

	private final AtomicInteger subscribers = new AtomicInteger();

	public OncePublisher(byte[] content, int size) {
		this.content = content;
		this.piece = new byte[size];
	}

	public int subscribers() {
		return this.subscribers.get();
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		if (this.subscribers.incrementAndGet() > 1) {
			throw new IllegalStateException("There was a subscriber before");
		}
		subscriber.onSubscribe(new Reading(subscriber));
	}

	/**
	 * Gives the bytes. Asked by one thread at a time.
	 */
	private final class Reading implements Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private int position;

		private boolean ended;

		Reading(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long count) {
			for (long i = 0; i < count && !this.ended; i++) {
				int length = Math.min(OncePublisher.this.piece.length,
						OncePublisher.this.content.length - this.position);
				System.arraycopy(OncePublisher.this.content, this.position, OncePublisher.this.piece, 0, length);
				this.position += length;
				this.ended = this.position == OncePublisher.this.content.length;
				this.subscriber.onNext(ByteBuffer.wrap(OncePublisher.this.piece, 0, length));
				if (this.ended) {
					this.subscriber.onComplete();
				}
			}
		}

		@Override
		public void cancel() {
			this.ended = true;
		}

	}

}
