package io.s3s3.internal.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * The body of a request, which records when it waits for the peer to take bytes: whenever
 * none are requested. The time that the caller's own publisher takes does not count.
 *
 * @param delegate the body
 * @param exchange the exchange that it belongs to, or {@code null} if it has no bytes
 * @param asked called when the body is asked for, on a connection
 */
record WatchedContent(SdkHttpContentPublisher delegate, @Nullable AsyncExchange exchange,
		Runnable asked) implements SdkHttpContentPublisher {

	@Override
	public Optional<Long> contentLength() {
		return this.delegate.contentLength();
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		this.asked.run();
		this.delegate.subscribe((this.exchange != null) ? new Watching(subscriber, this.exchange) : subscriber);
	}

	/**
	 * Passes on bytes and the demand for them.
	 */
	private final class Watching implements Subscriber<ByteBuffer>, Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private final AsyncExchange exchange;

		private final AtomicLong demand = new AtomicLong();

		private final long length = contentLength().orElse(Long.MAX_VALUE);

		/** Needs no guard, since signals are serial. */
		private long position;

		private volatile Subscription subscription;

		private volatile boolean ended;

		@SuppressWarnings("NullAway") // subscribed before anything else
		Watching(Subscriber<? super ByteBuffer> subscriber, AsyncExchange exchange) {
			this.subscriber = subscriber;
			this.exchange = exchange;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.exchange.waitForReader();
			this.subscriber.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			this.demand.updateAndGet((before) -> (before + count < 0) ? Long.MAX_VALUE : before + count);
			if (!this.ended) {
				this.exchange.pause();
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
			if (!this.exchange.send()) {
				cancel();
				return;
			}
			this.position += bytes.remaining();
			long left = this.demand.updateAndGet((before) -> (before == Long.MAX_VALUE) ? before : before - 1);
			if (this.position >= this.length) {
				end();
			}
			else if (left == 0) {
				this.exchange.waitForReader();
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
				this.exchange.waitForAnswer();
			}
		}

	}

}
