package io.s3s3.internal.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * The body of a request, which records when it is asked for, and when it waits for the
 * peer to take bytes: whenever none are requested. The time that the caller's own
 * publisher takes does not count.
 *
 * @param delegate the body
 * @param exchange the exchange that it belongs to
 */
record WatchedContent(SdkHttpContentPublisher delegate, AsyncExchange exchange) implements SdkHttpContentPublisher {

	@Override
	public Optional<Long> contentLength() {
		return this.delegate.contentLength();
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		this.exchange.leased();
		this.delegate.subscribe(this.exchange.hasBody() ? new Watching(subscriber) : subscriber);
	}

	/**
	 * Passes on bytes and the demand for them.
	 */
	private final class Watching implements Subscriber<ByteBuffer>, Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private final AtomicLong demand = new AtomicLong();

		private final long length = contentLength().orElse(Long.MAX_VALUE);

		/** Needs no guard, since signals are serial. */
		private long position;

		private volatile Subscription subscription;

		private volatile boolean ended;

		@SuppressWarnings("NullAway") // subscribed before anything else
		Watching(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			WatchedContent.this.exchange.waitForReader();
			this.subscriber.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			this.demand.updateAndGet((before) -> (before + count < 0) ? Long.MAX_VALUE : before + count);
			if (!this.ended) {
				WatchedContent.this.exchange.pause();
			}
			this.subscription.request(count);
		}

		@Override
		public void cancel() {
			// Netty cancels when it has as many bytes as were announced.
			end();
			this.subscription.cancel();
		}

		@Override
		public void onNext(ByteBuffer bytes) {
			if (!WatchedContent.this.exchange.send()) {
				cancel();
				return;
			}
			this.position += bytes.remaining();
			long left = this.demand.updateAndGet((before) -> (before == Long.MAX_VALUE) ? before : before - 1);
			if (this.position >= this.length) {
				end();
			}
			else if (left == 0) {
				WatchedContent.this.exchange.waitForReader();
			}
			this.subscriber.onNext(bytes);
		}

		@Override
		public void onError(Throwable error) {
			this.ended = true;
			this.subscriber.onError(error);
		}

		@Override
		public void onComplete() {
			end();
			this.subscriber.onComplete();
		}

		private void end() {
			if (!this.ended) {
				this.ended = true;
				WatchedContent.this.exchange.waitForAnswer();
			}
		}

	}

}
