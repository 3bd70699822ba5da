package io.s3s3.internal.blocking;

import io.s3s3.internal.operation.EncodedListing;
import io.s3s3.internal.operation.LeafMethod;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Lists keys, which come {@linkplain EncodedListing encoded}.
 */
final class Listing extends Invocation {

	Listing(LeafMethod method) {
		super(method);
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		if (EncodedListing.asksForEncoding(request)) {
			return checked(call(attempt.client(), request), attempt.client());
		}
		try {
			return list(attempt.client(), request);
		}
		catch (SdkClientException ex) {
			S3Request shorter = EncodedListing.shorter(request, ex);
			if (shorter == null) {
				throw ex;
			}
			return list(attempt.client(), shorter);
		}
	}

	private @Nullable Object list(S3Client client, S3Request request) throws Throwable {
		try {
			Object page = checked(call(client, EncodedListing.requestFor(request)), client);
			return (page instanceof S3Response answer) ? EncodedListing.restored(answer, request) : page;
		}
		catch (IllegalArgumentException ex) {
			return checked(call(client, request), client);
		}
	}

}
