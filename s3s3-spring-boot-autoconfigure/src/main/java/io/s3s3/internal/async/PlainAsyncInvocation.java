package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.operation.LeafMethod;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A call with a request and a response, and no body.
 */
final class PlainAsyncInvocation extends AsyncInvocation {

	private final boolean asksForUpload;

	PlainAsyncInvocation(LeafMethod method) {
		super(method);
		this.asksForUpload = method.name().equals("createMultipartUpload");
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		return callChecked(attempt.client(), request);
	}

	@Override
	boolean isOneRequest() {
		return true;
	}

	@Override
	public boolean asksForUpload() {
		return this.asksForUpload;
	}

}
