package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.operation.EncodedListing;
import io.s3s3.internal.operation.LeafMethod;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Lists keys, which come {@linkplain EncodedListing encoded}.
 */
final class AsyncListing extends AsyncInvocation {

	AsyncListing(LeafMethod method) {
		super(method);
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		S3AsyncClient client = attempt.client();
		if (EncodedListing.asksForEncoding(request)) {
			return callChecked(client, request);
		}
		return Futures.then(list(client, request), (page, error) -> {
			S3Request shorter = (error != null) ? EncodedListing.shorter(request, error) : null;
			if (shorter != null) {
				return list(client, shorter);
			}
			return (error != null) ? CompletableFuture.failedFuture(error) : CompletableFuture.completedFuture(page);
		});
	}

	private CompletableFuture<?> list(S3AsyncClient client, S3Request request) {
		CompletableFuture<?> encoded = callEncoded(client, EncodedListing.requestFor(request));
		return Futures.then(encoded, (page, error) -> {
			if (error != null) {
				return EncodedListing.isUndecodable(error) ? callEncoded(client, request)
						: CompletableFuture.failedFuture(error);
			}
			return CompletableFuture
				.completedFuture((page instanceof S3Response answer) ? EncodedListing.restored(answer, request) : page);
		});
	}

	private CompletableFuture<?> callEncoded(S3AsyncClient client, S3Request request) {
		try {
			return callChecked(client, request);
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
