package io.s3s3.internal.hedge;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Calls the client of the other location, so that its HTTP client gets the request as it
 * should be sent.
 */
@FunctionalInterface
public interface RivalCall {

	/**
	 * Make the call.
	 * @param rival the request
	 * @return completes when the call has ended, or {@code null} if the HTTP client of
	 * the client cannot hold back a request
	 * @throws Throwable what the client throws
	 */
	@Nullable CompletableFuture<?> make(Rival rival) throws Throwable;

}
