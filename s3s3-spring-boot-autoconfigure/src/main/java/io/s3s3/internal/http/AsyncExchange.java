package io.s3s3.internal.http;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.internal.http.AnswerBudget.Stage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.metrics.MetricCollector;
import software.amazon.awssdk.metrics.NoOpMetricCollector;

/**
 * One request of an asynchronous client and its answer, and the side that it waits for.
 * It is given up when the peer has kept it waiting for too long, or when waiting has
 * become pointless. Written by the threads that deliver bytes and request them, read by
 * the watchdog.
 */
final class AsyncExchange implements Watchdog.Watched, SdkAsyncHttpResponseHandler {

	private final AsyncExecuteRequest request;

	private final StallTimeouts timeouts;

	private final Duration readTimeout;

	private final boolean hasBody;

	/** Whether other exchanges may be using all connections. */
	private final boolean queued;

	private final Abandonment abandonment;

	private final AtomicBoolean over = new AtomicBoolean();

	/** When the wait for the peer began, by nanoTime; written before the next field. */
	private volatile long since;

	/** How long it may take, in nanoseconds; read before the previous field. */
	private volatile long allowed;

	private volatile boolean leased;

	private volatile boolean answered;

	private volatile @Nullable CompletableFuture<Void> outcome;

	private volatile @Nullable WatchedAnswer answer;

	/**
	 * Create an exchange.
	 * @param request the request
	 * @param scope the scope of the attempt
	 * @param timeouts the limits that the peer must keep
	 * @param readTimeout the read timeout of the request
	 * @param queued whether it may wait for a connection that another exchange uses
	 */
	AsyncExchange(AsyncExecuteRequest request, AttemptScope scope, StallTimeouts timeouts, Duration readTimeout,
			boolean queued) {
		this.queued = queued;
		this.request = request;
		this.timeouts = timeouts;
		this.readTimeout = readTimeout;
		this.hasBody = request.requestContentPublisher().contentLength().filter((length) -> length == 0).isEmpty();
		Duration usual = timeouts.readTimeouts().usual();
		this.abandonment = new Abandonment(scope, request.request().method(), this.hasBody,
				(readTimeout.compareTo(usual) > 0) ? usual : timeouts.beforeAnswer(readTimeout));
		waitFor(timeouts.beforeAnswer(queued ? readTimeout : usual).toNanos());
	}

	/**
	 * Return the request with its body and its answer passing through this exchange. It
	 * goes to Netty, which knows no attributes.
	 */
	AsyncExecuteRequest watched() {
		AsyncExecuteRequest.Builder watched = AsyncExecuteRequest.builder()
			.request(this.request.request())
			.requestContentPublisher(new WatchedContent(this.request.requestContentPublisher(), this))
			.responseHandler(this)
			.fullDuplex(this.request.fullDuplex());
		MetricCollector metrics = this.request.metricCollector().orElse(null);
		if (isLeaseSeenByContent()) {
			return watched.metricCollector(metrics).build();
		}
		MetricCollector delegate = (metrics != null) ? metrics : NoOpMetricCollector.create();
		return watched.metricCollector(new LeaseWatch(delegate, this::leased)).build();
	}

	/**
	 * Return whether it is early enough to learn that a connection was leased when its
	 * content is asked for. That costs less than to have metrics collected, but it is
	 * after the headers: too late if those are all that is sent of a write, or if the
	 * peer is to answer them first.
	 */
	private boolean isLeaseSeenByContent() {
		SdkHttpMethod method = this.request.request().method();
		return this.hasBody ? this.request.request().firstMatchingHeader("Expect").isEmpty()
				: method == SdkHttpMethod.GET || method == SdkHttpMethod.HEAD;
	}

	boolean hasBody() {
		return this.hasBody;
	}

	/**
	 * Count the wait for the answer from another point in time. Called before it begins.
	 * @param since the point in time, by nanoTime
	 */
	void waitSince(long since) {
		this.since = since;
	}

	/**
	 * Set the future that completes with the end of the exchange.
	 */
	void begin(CompletableFuture<Void> outcome) {
		this.outcome = outcome;
		if (this.over.get()) {
			outcome.cancel(true);
		}
	}

	/**
	 * Record that the request has a connection.
	 */
	void leased() {
		if (this.leased) {
			return;
		}
		this.leased = true;
		long allowed = this.timeouts.beforeAnswer(this.readTimeout).toNanos();
		// Without a body there is nothing left but to answer.
		this.allowed = this.hasBody ? allowed
				: Math.min(allowed, System.nanoTime() - this.since + this.readTimeout.toNanos());
		this.abandonment.cameTo(Stage.CONNECTION);
	}

	/**
	 * Record that the exchange waits for the peer to take bytes.
	 */
	void waitForReader() {
		waitFor(this.timeouts.writeTimeout().toNanos());
	}

	/**
	 * Record that all of the body was passed on, so that the answer is what is missing.
	 */
	void waitForAnswer() {
		if (!this.answered) {
			waitFor(this.timeouts.writeTimeout().toNanos() + this.timeouts.answerNanosAfterBody(this.readTimeout));
		}
	}

	/**
	 * Record that the exchange waits for the peer to send bytes.
	 */
	void waitForBytes() {
		waitFor(this.readTimeout.toNanos());
	}

	private void waitFor(long nanos) {
		this.since = System.nanoTime();
		this.allowed = nanos;
	}

	/**
	 * Record that nobody waits for the peer.
	 */
	void pause() {
		this.allowed = Long.MAX_VALUE;
	}

	/**
	 * Record that bytes of the body are about to be sent, unless that is pointless.
	 * @return whether they may be sent
	 */
	boolean send() {
		Exception reason = this.abandonment.send();
		if (reason != null) {
			fail(reason);
			return false;
		}
		this.abandonment.sent(System.nanoTime());
		return true;
	}

	@Override
	public void look(long now) {
		Exception reason = this.answered ? null : this.abandonment.look(now);
		long allowed = this.allowed;
		if (reason != null) {
			fail(reason);
		}
		else if (now - this.since > allowed) {
			fail(exceeded(TimeUnit.NANOSECONDS.toMillis(allowed)));
		}
	}

	private Exception exceeded(long millis) {
		if (!this.leased) {
			// The SDK's client forgets a request for its first connection if that
			// is refused meanwhile: without a queue, nothing else takes so long.
			return this.queued ? new TimeoutException("Acquire operation took longer than " + millis + " ms")
					: new ConnectException("No connection came about within " + millis + " ms");
		}
		return new SocketTimeoutException(this.answered ? "No byte of the answer came within " + millis + " ms"
				: "No answer within " + millis + " ms");
	}

	/**
	 * End the exchange with an error, unless it has ended.
	 */
	void fail(Throwable error) {
		if (!this.over.compareAndSet(false, true)) {
			return;
		}
		this.allowed = Long.MAX_VALUE;
		WatchedAnswer answer = this.answer;
		if (answer != null) {
			answer.end(error);
		}
		this.request.responseHandler().onError(error);
		CompletableFuture<Void> outcome = this.outcome;
		if (outcome != null) {
			outcome.completeExceptionally(error);
		}
	}

	@Override
	public void onHeaders(SdkHttpResponse headers) {
		this.answered = true;
		this.allowed = Long.MAX_VALUE;
		if (!this.over.get()) {
			this.request.responseHandler().onHeaders(headers);
		}
	}

	@Override
	public void onStream(Publisher<ByteBuffer> stream) {
		WatchedAnswer answer = new WatchedAnswer(Objects.requireNonNull(stream), this,
				RateMeter.of(this.timeouts.minimumRate()));
		this.answer = answer;
		if (this.over.get()) {
			answer.discard();
		}
		else {
			this.request.responseHandler().onStream(answer);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.over.compareAndSet(false, true)) {
			this.allowed = Long.MAX_VALUE;
			this.request.responseHandler().onError(error);
		}
	}

}
