package io.s3s3.internal.http;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.ReadClass;
import io.s3s3.internal.hedge.Rival;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.metrics.MetricCollector;
import software.amazon.awssdk.metrics.NoOpMetricCollector;

/**
 * A read of an asynchronous client that is sent a second time, on another connection, if
 * its answer is late, as {@link HedgedRequest} is for a blocking client. Whichever
 * request claims the SDK's handler first is passed to it and the other one is cancelled;
 * the second may claim it only if its answer is good. A failure of the first while the
 * second is in flight is held back until the second turns out not to win. Thread-safe.
 */
final class HedgedExchange {

	private final AsyncExecuteRequest request;

	private final AttemptScope scope;

	private final Client client;

	private final Hedge hedge;

	private final long started = System.nanoTime();

	private final CompletableFuture<Void> outcome = new CompletableFuture<>();

	private final AtomicReference<@Nullable Contender> winner = new AtomicReference<>();

	private final First first = new First();

	private final Second second = new Second();

	private final Hedge.Wait wait;

	/**
	 * Create an exchange, whose wait begins now.
	 * @param request the request
	 * @param scope the scope of the attempt, with permission to send it a second time
	 * @param client sends it
	 * @param free returns whether there is a connection for the second one
	 */
	HedgedExchange(AsyncExecuteRequest request, AttemptScope scope, Client client, BooleanSupplier free) {
		this.request = request;
		this.scope = scope;
		this.client = client;
		this.hedge = Objects.requireNonNull(scope.hedge());
		this.wait = this.hedge.begin(ReadClass.of(request.request()), () -> late(free));
	}

	/**
	 * Send the request.
	 * @return completes with the exchange that has won; completing it earlier ends both
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
			this.first.send(this.request, this.client);
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
			this.hedge.start(free, this::startSecond);
		}
	}

	/**
	 * Start the second request. Preparing one for the other location may wait for
	 * credentials, which the timer must not do.
	 */
	private boolean startSecond() {
		this.first.contest();
		Rival rival = this.hedge.rival();
		if (rival == null) {
			sendSecond(this.request, this.client);
			return true;
		}
		boolean started = this.hedge.execute(() -> prepareSecond(rival));
		if (!started) {
			this.first.win(null);
		}
		return started;
	}

	private void prepareSecond(Rival rival) {
		CompletableFuture<Preparation> elsewhere = Preparation.of(this.hedge,
				this.scope.elsewhere(() -> false, rival.well()));
		if (elsewhere == null) {
			sendSecond(this.request, this.client);
			return;
		}
		elsewhere.whenComplete((preparation, error) -> {
			if (error != null) {
				this.first.win(error);
			}
			else {
				sendSecond(preparation.asynchronous().request(), preparation.asynchronous().client());
			}
		});
	}

	private void sendSecond(AsyncExecuteRequest request, Client client) {
		try {
			this.second.send(request, client);
		}
		catch (RuntimeException | Error ex) {
			this.first.win(ex);
		}
	}

	private boolean claim(Contender contender) {
		if (!this.winner.compareAndSet(null, contender)) {
			return hasWon(contender);
		}
		this.wait.end();
		if (contender == this.second) {
			this.hedge.win();
			this.wait.overtaken(System.nanoTime());
			this.first.cancel();
		}
		else {
			this.second.cancel();
		}
		return true;
	}

	private boolean hasWon(Contender contender) {
		return this.winner.get() == contender;
	}

	/**
	 * Sends one of the two requests.
	 */
	@FunctionalInterface
	interface Client {

		/**
		 * Send a request.
		 * @param request the request
		 * @param since when the wait for its answer began, by nanoTime
		 */
		CompletableFuture<Void> send(AsyncExecuteRequest request, long since);

	}

	/**
	 * One of the two requests and its outcome.
	 */
	private abstract class Contender implements SdkAsyncHttpResponseHandler {

		private volatile @Nullable CompletableFuture<Void> sent;

		private volatile boolean cancelled;

		/** Send the request. Metrics are collected for the first one only. */
		void send(AsyncExecuteRequest request, Client client) {
			if (this.cancelled) {
				return;
			}
			MetricCollector metrics = (this == HedgedExchange.this.first) ? request.metricCollector().orElse(null)
					: NoOpMetricCollector.create();
			CompletableFuture<Void> sent = client.send(AsyncExecuteRequest.builder()
				.request(request.request())
				.requestContentPublisher(request.requestContentPublisher())
				.responseHandler(this)
				.metricCollector(metrics)
				.fullDuplex(request.fullDuplex())
				.httpExecutionAttributes(request.httpExecutionAttributes())
				.build(), HedgedExchange.this.started);
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

		boolean isCancelled() {
			return this.cancelled;
		}

		abstract void ended(@Nullable Throwable error);

		SdkAsyncHttpResponseHandler handler() {
			return HedgedExchange.this.request.responseHandler();
		}

		void complete(@Nullable Throwable error) {
			if (error != null) {
				HedgedExchange.this.outcome.completeExceptionally(error);
			}
			else {
				HedgedExchange.this.outcome.complete(null);
			}
		}

	}

	/**
	 * The first request. Its failure is held back while the second is in flight.
	 */
	private final class First extends Contender {

		private final HeldNews news = new HeldNews();

		/** The body of an answer until it is passed on or discarded. */
		private final AtomicReference<@Nullable Publisher<ByteBuffer>> body = new AtomicReference<>();

		private volatile @Nullable Throwable failure;

		/**
		 * Hold back failures, since the second request is in flight.
		 */
		void contest() {
			this.news.hold();
		}

		/**
		 * Pass on what is held back, since the second request does not win.
		 * @param reason how it failed, or {@code null} if by its answer
		 */
		void win(@Nullable Throwable reason) {
			Throwable failure = this.failure;
			boolean first = HedgedExchange.this.winner.get() == null;
			if (first && failure != null && reason != null && failure != reason) {
				failure.addSuppressed(reason);
			}
			if (claim(this)) {
				this.news.release();
			}
		}

		/**
		 * Pass on news, or hold it back.
		 * @param decides whether the second request no longer matters
		 * @return whether it is dropped, since the second has won
		 */
		private boolean tell(boolean decides, Runnable news) {
			if (this.news.hold(news, !decides && HedgedExchange.this.winner.get() == null)) {
				return false;
			}
			boolean wanted = claim(this);
			if (wanted) {
				news.run();
			}
			return !wanted;
		}

		@Override
		public void onHeaders(SdkHttpResponse headers) {
			if (!isCancelled()) {
				HedgedExchange.this.wait.answered();
				tell(HedgedAnswers.isFinal(headers), () -> handler().onHeaders(headers));
			}
		}

		@Override
		public void onStream(Publisher<ByteBuffer> stream) {
			this.body.set(stream);
			if (tell(true, this::handOnBody) || isCancelled()) {
				discardBody();
			}
		}

		private void handOnBody() {
			Publisher<ByteBuffer> stream = this.body.getAndSet(null);
			if (stream != null) {
				handler().onStream(stream);
			}
		}

		private void discardBody() {
			Publisher<ByteBuffer> stream = this.body.getAndSet(null);
			if (stream != null) {
				stream.subscribe(new Discarding());
			}
		}

		@Override
		void cancel() {
			super.cancel();
			discardBody();
		}

		@Override
		public void onError(Throwable error) {
			fail(error, () -> handler().onError(error));
		}

		@Override
		void ended(@Nullable Throwable error) {
			if (error != null) {
				fail(error, () -> complete(error));
			}
			else {
				tell(true, () -> complete(null));
			}
		}

		private void fail(Throwable error, Runnable news) {
			this.failure = error;
			tell(false, news);
		}

	}

	/**
	 * The second request, which wins only by a good answer.
	 */
	private final class Second extends Contender {

		@Override
		public void onHeaders(SdkHttpResponse headers) {
			boolean good = HedgedAnswers.isGood(headers) && HedgedExchange.this.hedge.accepts(headers);
			if (!isCancelled() && good && claim(this)) {
				handler().onHeaders(headers);
			}
			else {
				HedgedExchange.this.first.win(null);
			}
		}

		@Override
		public void onStream(Publisher<ByteBuffer> stream) {
			if (hasWon(this)) {
				handler().onStream(stream);
			}
			else {
				stream.subscribe(new Discarding());
			}
		}

		@Override
		public void onError(Throwable error) {
			if (hasWon(this)) {
				handler().onError(error);
			}
		}

		@Override
		void ended(@Nullable Throwable error) {
			if (hasWon(this)) {
				complete(error);
			}
			else {
				HedgedExchange.this.first.win(error);
			}
		}

	}

	/**
	 * Discards a body.
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
