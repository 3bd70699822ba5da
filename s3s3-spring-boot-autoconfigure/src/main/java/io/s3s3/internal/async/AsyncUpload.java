package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.upload.AsyncUploadBody;
import io.s3s3.internal.upload.SentContent;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A request with a body.
 */
final class AsyncUpload extends AsyncInvocation {

	private final AsyncRequestBody original;

	private final AsyncUploadBody body;

	AsyncUpload(LeafMethod method, S3Request request, AsyncRequestBody body, TransferSettings settings,
			Executor workers) {
		super(method);
		this.original = body;
		boolean hasLength = request.getValueForField("ContentLength", Long.class).isPresent();
		this.body = new AsyncUploadBody(body, hasLength, settings, workers);
	}

	@Override
	CompletableFuture<?> prepare(AsyncAttempt attempt) {
		return this.body.prepare();
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		return checked(call(attempt.client(), request, this.body.forAttempt(attempt.progress())), attempt.client());
	}

	@Override
	boolean isOneRequest() {
		return true;
	}

	@Override
	public SentContent body() {
		return this.body;
	}

	@Override
	CompletableFuture<?> passThrough(S3AsyncClient client, S3Request request) throws Throwable {
		return call(client, request, this.original);
	}

	@Override
	CompletableFuture<?> end(@Nullable Throwable error) {
		this.body.close();
		return super.end(error);
	}

}
