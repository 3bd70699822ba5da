package io.s3s3.internal.hedge;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Calls the client of the other location, so that its HTTP client gets the request as it
 * is to be sent.
 */
@FunctionalInterface
public interface RivalCall {

	/**
	 * Make the call.
	 * @param rival the request
	 * @return completes when the call has ended, {@code null} if the client does not have
	 * an HTTP client that can keep a request
	 * @throws Throwable what the client throws
	 */
	@Nullable CompletableFuture<?> make(Rival rival) throws Throwable;

}
