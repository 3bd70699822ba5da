package io.s3s3.internal.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.ReadClass;
import io.s3s3.internal.hedge.Rival;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Gives up a request that is not answered within its budget, one whose body the peer does
 * not take, an exchange slower than the minimum rate, and one whose thread is
 * interrupted. Time that the caller's own stream takes does not count, nor does the size
 * of a body. A read that is permitted to gets a second request if its answer is late.
 * Thread-safe.
 */
public final class StallDetectingHttpClient implements SdkHttpClient {

	private final SdkHttpClient quick;

	private final SdkHttpClient patient;

	private final StallTimeouts timeouts;

	private final Watchdog watchdog = new Watchdog();

	/**
	 * Create a client that delegates to two others, which are closed with it.
	 * @param quick a client with the usual read timeout
	 * @param patient a client with the longest of the read timeouts
	 * @param timeouts the limits that a peer must keep
	 */
	public StallDetectingHttpClient(SdkHttpClient quick, SdkHttpClient patient, StallTimeouts timeouts) {
		this.quick = quick;
		this.patient = patient;
		this.timeouts = timeouts;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		AttemptScope scope = AttemptScope.current();
		StallDetectingRequest first = watched(request);
		Preparation preparation = scope.preparation();
		if (preparation != null) {
			throw preparation.keep(first);
		}
		Hedge hedge = scope.hedge();
		if (hedge == null || !HedgedRequest.isFor(request.httpRequest())) {
			return first;
		}
		return new HedgedRequest(first, hedge, ReadClass.of(request.httpRequest()),
				(queued) -> second(request, hedge, scope, queued));
	}

	/**
	 * Prepare the second request: one to the other location if it is to go there and its
	 * client supports that, otherwise the same request again.
	 */
	private StallDetectingRequest second(HttpExecuteRequest request, Hedge hedge, AttemptScope scope,
			BooleanSupplier queued) {
		Rival rival = hedge.rival();
		CompletableFuture<Preparation> elsewhere = (rival != null)
				? Preparation.of(hedge, scope.elsewhere(queued, rival.well())) : null;
		if (elsewhere != null) {
			return elsewhere.join().blocking();
		}
		try (AttemptScope.Entered entered = scope.hedging(queued).enter()) {
			return watched(HedgedRequest.again(request));
		}
	}

	private StallDetectingRequest watched(HttpExecuteRequest request) {
		Duration readTimeout = this.timeouts.readTimeouts().of(request.httpRequest(), AttemptScope.current());
		boolean usual = readTimeout.compareTo(this.timeouts.readTimeouts().usual()) <= 0;
		return new StallDetectingRequest(usual ? this.quick : this.patient, request, this.watchdog, this.timeouts,
				readTimeout);
	}

	@Override
	public void close() {
		this.watchdog.close();
		try {
			this.quick.close();
		}
		finally {
			this.patient.close();
		}
	}

	@Override
	public String clientName() {
		return this.quick.clientName();
	}

}
