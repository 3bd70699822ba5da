package io.s3s3.internal.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * An asynchronous HTTP client that gives up on a peer that moves no byte, as
 * {@link StallDetectingHttpClient} does: before its answer, while it is sent a body, and
 * in the middle of its answer. The time for which nobody asks for bytes is not the
 * peer's. Its timeouts are shorter than those of the client that does the work, which
 * cannot tell whom it waits for. Thread-safe.
 */
public final class StallDetectingAsyncHttpClient implements SdkAsyncHttpClient {

	private final SdkAsyncHttpClient delegate;

	private final StallTimeouts timeouts;

	private final Watchdog watchdog = new Watchdog();

	/**
	 * Create a client of one that does the work, which is closed with it.
	 * @param delegate the client
	 * @param timeouts what a peer must keep
	 */
	public StallDetectingAsyncHttpClient(SdkAsyncHttpClient delegate, StallTimeouts timeouts) {
		this.delegate = delegate;
		this.timeouts = timeouts;
	}

	@Override
	public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
		AttemptScope scope = AttemptScopeAttribute.in(request.httpExecutionAttributes());
		Duration readTimeout = this.timeouts.readTimeouts().of(request.request(), scope);
		AsyncExchange exchange = new AsyncExchange(request, scope, this.timeouts, readTimeout);
		this.watchdog.watch(exchange);
		CompletableFuture<Void> outcome;
		try {
			outcome = this.delegate.execute(exchange.watched());
		}
		catch (RuntimeException | Error ex) {
			this.watchdog.forget(exchange);
			throw ex;
		}
		exchange.begin(outcome);
		outcome.whenComplete((done, error) -> this.watchdog.forget(exchange));
		return outcome;
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
