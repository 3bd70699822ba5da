package io.s3s3.internal.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.ReadClass;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.metrics.NoOpMetricCollector;

/**
 * A read of an asynchronous client that is sent a second time, on another connection, if
 * its answer is late: what {@link HedgedRequest} is of a blocking one. Whichever claims
 * the SDK's handler first is handed to it and the other one is cancelled; the second may
 * only if its answer is good, and whatever becomes of the first claims it. Thread-safe.
 */
final class HedgedExchange {

	private final AsyncExecuteRequest request;

	private final Function<AsyncExecuteRequest, CompletableFuture<Void>> client;

	private final Hedge hedge;

	private final CompletableFuture<Void> outcome = new CompletableFuture<>();

	private final AtomicReference<@Nullable Contender> winner = new AtomicReference<>();

	private final Contender first = new Contender();

	private final Contender second = new Contender();

	private final Hedge.Wait wait;

	/**
	 * Create an exchange, which waits from now on.
	 * @param request the request
	 * @param hedge the leave to send it a second time
	 * @param client sends it
	 * @param free tells whether there is a connection for the second one
	 */
	HedgedExchange(AsyncExecuteRequest request, Hedge hedge,
			Function<AsyncExecuteRequest, CompletableFuture<Void>> client, BooleanSupplier free) {
		this.request = request;
		this.client = client;
		this.hedge = hedge;
		this.wait = hedge.begin(ReadClass.of(request.request()), () -> late(free));
	}

	/**
	 * Send the request.
	 * @return completes with the exchange that has won; who completes it before ends both
	 */
	CompletableFuture<Void> send() {
		this.outcome.whenComplete((done, error) -> {
			this.wait.end();
			if (error != null) {
				this.first.cancel();
				this.second.cancel();
			}
		});
		try {
			this.first.send(this.request);
		}
		catch (RuntimeException | Error ex) {
			this.outcome.completeExceptionally(ex);
			throw ex;
		}
		return this.outcome;
	}

	/**
	 * Called by the timer.
	 */
	private void late(BooleanSupplier free) {
		if (this.winner.get() == null && !this.outcome.isDone()) {
			this.hedge.start(free, () -> {
				this.second.send(this.request);
				return true;
			});
		}
	}

	private boolean claim(Contender contender) {
		if (!this.winner.compareAndSet(null, contender)) {
			return this.winner.get() == contender;
		}
		this.wait.end();
		if (contender == this.second) {
			this.hedge.win();
			this.wait.overtaken();
			this.first.cancel();
		}
		else {
			this.second.cancel();
		}
		return true;
	}

	/**
	 * One of both requests.
	 */
	private final class Contender implements SdkAsyncHttpResponseHandler {

		private volatile @Nullable CompletableFuture<Void> sent;

		private volatile boolean cancelled;

		private boolean isFirst() {
			return this == HedgedExchange.this.first;
		}

		/** The metrics are those of the first. */
		void send(AsyncExecuteRequest request) {
			if (this.cancelled) {
				return;
			}
			AsyncExecuteRequest own = AsyncExecuteRequest.builder()
				.request(request.request())
				.requestContentPublisher(request.requestContentPublisher())
				.responseHandler(this)
				.metricCollector(isFirst() ? request.metricCollector().orElse(null) : NoOpMetricCollector.create())
				.fullDuplex(request.fullDuplex())
				.httpExecutionAttributes(request.httpExecutionAttributes())
				.build();
			CompletableFuture<Void> sent = HedgedExchange.this.client.apply(own);
			this.sent = sent;
			sent.whenComplete((done, error) -> ended(error));
			if (this.cancelled) {
				sent.cancel(true);
			}
		}

		void cancel() {
			this.cancelled = true;
			CompletableFuture<Void> sent = this.sent;
			if (sent != null) {
				sent.cancel(true);
			}
		}

		private void ended(@Nullable Throwable error) {
			boolean counts = isFirst() ? claim(this) : HedgedExchange.this.winner.get() == this;
			if (!counts) {
				return;
			}
			if (error != null) {
				HedgedExchange.this.outcome.completeExceptionally(error);
			}
			else {
				HedgedExchange.this.outcome.complete(null);
			}
		}

		@Override
		public void onHeaders(SdkHttpResponse headers) {
			boolean mayWin = !this.cancelled && (isFirst() || HedgedRequest.isGood(headers.statusCode()));
			if (!mayWin || !claim(this)) {
				cancel();
				return;
			}
			if (isFirst()) {
				HedgedExchange.this.wait.answered();
			}
			HedgedExchange.this.request.responseHandler().onHeaders(headers);
		}

		@Override
		public void onStream(Publisher<ByteBuffer> stream) {
			if (HedgedExchange.this.winner.get() == this) {
				HedgedExchange.this.request.responseHandler().onStream(stream);
			}
			else {
				stream.subscribe(new Discarding());
			}
		}

		@Override
		public void onError(Throwable error) {
			if (isFirst() ? claim(this) : HedgedExchange.this.winner.get() == this) {
				HedgedExchange.this.request.responseHandler().onError(error);
			}
		}

	}

	/**
	 * Lets nobody have a body.
	 */
	private static final class Discarding implements Subscriber<ByteBuffer> {

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.cancel();
		}

		@Override
		public void onNext(ByteBuffer bytes) {
		}

		@Override
		public void onError(Throwable error) {
		}

		@Override
		public void onComplete() {
		}

	}

}
