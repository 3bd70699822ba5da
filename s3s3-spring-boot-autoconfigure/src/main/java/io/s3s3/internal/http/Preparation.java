package io.s3s3.internal.http;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.io.AbandonedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;

/**
 * Prepares a request to the other location without sending it: the client of that
 * location is called within a scope in which its HTTP client keeps the signed request and
 * fails the call. Thread-safe.
 */
public final class Preparation {

	private final CompletableFuture<Preparation> ready = new CompletableFuture<>();

	private volatile @Nullable StallDetectingRequest blocking;

	private volatile @Nullable Asynchronous asynchronous;

	/**
	 * Prepare the second request of a hedge.
	 * @param hedge permission to make it
	 * @param scope the scope of the request
	 * @return completes when it is ready, or {@code null} if the client of the other
	 * location does not have an HTTP client that keeps it
	 */
	static @Nullable CompletableFuture<Preparation> of(Hedge hedge, AttemptScope scope) {
		Preparation preparation = new Preparation();
		CompletableFuture<?> call;
		try (AttemptScope.Entered entered = scope.preparing(preparation).enter()) {
			call = hedge.callRival();
		}
		catch (Throwable ex) {
			call = CompletableFuture.failedFuture(ex);
		}
		if (call == null) {
			return null;
		}
		// Has no effect if the request was kept, since that came first.
		call.whenComplete((answer, error) -> preparation.ready
			.completeExceptionally(new IllegalStateException("The request was not prepared", error)));
		return preparation.ready;
	}

	/**
	 * Keep a request.
	 * @return the exception to throw instead of returning an answer
	 */
	SdkClientException keep(StallDetectingRequest request) {
		this.blocking = request;
		this.ready.complete(this);
		return kept();
	}

	/**
	 * Keep a request.
	 * @param client sends it
	 * @return the future to return instead of that of an answer
	 */
	CompletableFuture<Void> keep(AsyncExecuteRequest request, HedgedExchange.Client client) {
		this.asynchronous = new Asynchronous(request, client);
		this.ready.complete(this);
		SdkClientException kept = kept();
		request.responseHandler().onError(kept);
		return CompletableFuture.failedFuture(kept);
	}

	private static SdkClientException kept() {
		return AbandonedException.create("It is sent in place of a request whose answer is late", false);
	}

	StallDetectingRequest blocking() {
		return Objects.requireNonNull(this.blocking);
	}

	Asynchronous asynchronous() {
		return Objects.requireNonNull(this.asynchronous);
	}

	/**
	 * A request of an asynchronous client.
	 *
	 * @param request the request
	 * @param client sends it
	 */
	record Asynchronous(AsyncExecuteRequest request, HedgedExchange.Client client) {

	}

}
