package io.s3s3.internal.http;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

import io.s3s3.internal.io.GuardedSubscriber;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The body of an answer, which records when it waits for the peer to send bytes: whenever
 * some were requested. For one subscriber.
 */
final class WatchedAnswer implements Publisher<ByteBuffer>, Subscriber<ByteBuffer>, Subscription {

	private final Publisher<ByteBuffer> delegate;

	private final AsyncExchange exchange;

	private final RateMeter meter;

	private final AtomicLong demand = new AtomicLong();

	private volatile @Nullable Subscriber<? super ByteBuffer> subscriber;

	private volatile @Nullable GuardedSubscriber guarded;

	private volatile @Nullable Subscription subscription;

	/** Why it ended before anybody subscribed. */
	private volatile @Nullable Throwable ended;

	/** When the wait for the peer began, by nanoTime. */
	private volatile long since;

	WatchedAnswer(Publisher<ByteBuffer> delegate, AsyncExchange exchange, RateMeter meter) {
		this.delegate = delegate;
		this.exchange = exchange;
		this.meter = meter;
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		this.subscriber = subscriber;
		this.delegate.subscribe(this);
	}

	/**
	 * Discard the body.
	 */
	void discard() {
		this.ended = new CancellationException();
		this.delegate.subscribe(this);
	}

	/**
	 * End the body early.
	 */
	void end(Throwable error) {
		this.ended = error;
		GuardedSubscriber guarded = this.guarded;
		if (guarded != null) {
			guarded.end(error);
		}
		cancel();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		Subscriber<? super ByteBuffer> subscriber = this.subscriber;
		Throwable ended = this.ended;
		if (subscriber != null) {
			GuardedSubscriber guarded = new GuardedSubscriber(subscriber, this.exchange::fail);
			this.guarded = guarded;
			subscriber.onSubscribe(this);
			ended = this.ended;
			if (ended != null) {
				guarded.end(ended);
			}
		}
		if (ended != null) {
			subscription.cancel();
		}
	}

	@Override
	public void request(long count) {
		if (this.demand.getAndUpdate((before) -> (before + count < 0) ? Long.MAX_VALUE : before + count) == 0) {
			beginWait();
		}
		Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.request(count);
		}
	}

	private void beginWait() {
		this.since = this.meter.isOn() ? System.nanoTime() : 0;
		this.exchange.waitForBytes();
	}

	@Override
	public void cancel() {
		this.exchange.pause();
		Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	@Override
	public void onNext(ByteBuffer bytes) {
		try {
			if (this.meter.isOn()) {
				this.meter.count(bytes.remaining(), System.nanoTime() - this.since);
			}
		}
		catch (SocketTimeoutException ex) {
			this.exchange.fail(ex);
			return;
		}
		if (this.demand.updateAndGet((before) -> (before == Long.MAX_VALUE) ? before : before - 1) > 0) {
			beginWait();
		}
		else {
			this.exchange.pause();
		}
		GuardedSubscriber guarded = this.guarded;
		Throwable thrown = (guarded != null) ? guarded.next(bytes) : null;
		if (thrown != null) {
			end(thrown);
		}
	}

	@Override
	public void onError(Throwable error) {
		this.exchange.pause();
		GuardedSubscriber guarded = this.guarded;
		if (guarded != null) {
			guarded.end(error);
		}
	}

	@Override
	public void onComplete() {
		this.exchange.pause();
		GuardedSubscriber guarded = this.guarded;
		if (guarded != null) {
			guarded.end(null);
		}
	}

}
