package io.s3s3.internal.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.internal.hedge.Hedge;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * An asynchronous HTTP client that gives up on a peer that moves no bytes, as
 * {@link StallDetectingHttpClient} does: before its answer, while a body is sent to it,
 * and in the middle of its answer. Time during which nobody requests bytes does not count
 * against the peer. Its timeouts are shorter than those of the underlying client, which
 * cannot tell which side it waits for. A read that is permitted to gets a second request
 * if its answer is late. Thread-safe.
 */
public final class StallDetectingAsyncHttpClient implements SdkAsyncHttpClient {

	private final SdkAsyncHttpClient delegate;

	private final StallTimeouts timeouts;

	private final int maxConnections;

	/** The number of exchanges without an outcome. */
	private final AtomicInteger underWay = new AtomicInteger();

	private final Watchdog watchdog = new Watchdog();

	/**
	 * Create a client that delegates to another one, which is closed with it.
	 * @param delegate the client
	 * @param timeouts the limits that a peer must keep
	 * @param maxConnections the maximum number of concurrent exchanges of the client
	 */
	public StallDetectingAsyncHttpClient(SdkAsyncHttpClient delegate, StallTimeouts timeouts, int maxConnections) {
		this.maxConnections = maxConnections;
		this.delegate = delegate;
		this.timeouts = timeouts;
	}

	@Override
	public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
		AttemptScope scope = AttemptScopeAttribute.in(request.httpExecutionAttributes());
		Preparation preparation = scope.preparation();
		if (preparation != null) {
			return preparation.keep(request, (each, since) -> send(each, scope, since));
		}
		Hedge hedge = scope.hedge();
		if (hedge == null || !HedgedRequest.isFor(request.request())) {
			return send(request, scope, System.nanoTime());
		}
		return new HedgedExchange(request, scope, (each, since) -> send(each, scope, since), this::hasConnection)
			.send();
	}

	private boolean hasConnection() {
		return this.underWay.get() < this.maxConnections;
	}

	private CompletableFuture<Void> send(AsyncExecuteRequest request, AttemptScope scope, long since) {
		Duration readTimeout = this.timeouts.readTimeouts().of(request.request(), scope);
		boolean queued = this.underWay.incrementAndGet() > this.maxConnections;
		AsyncExchange exchange = new AsyncExchange(request, scope, this.timeouts, readTimeout, queued);
		exchange.waitSince(since);
		this.watchdog.watch(exchange);
		CompletableFuture<Void> outcome;
		try {
			outcome = this.delegate.execute(exchange.watched());
		}
		catch (RuntimeException | Error ex) {
			forget(exchange);
			throw ex;
		}
		exchange.begin(outcome);
		outcome.whenComplete((done, error) -> forget(exchange));
		return outcome;
	}

	private void forget(AsyncExchange exchange) {
		this.underWay.decrementAndGet();
		this.watchdog.forget(exchange);
	}

	@Override
	public void close() {
		this.watchdog.close();
		this.delegate.close();
	}

	@Override
	public String clientName() {
		return this.delegate.clientName();
	}

}
