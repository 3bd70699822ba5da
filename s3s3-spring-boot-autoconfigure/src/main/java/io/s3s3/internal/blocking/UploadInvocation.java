package io.s3s3.internal.blocking;

import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.upload.SentContent;
import io.s3s3.internal.upload.UploadBody;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A request with a body.
 */
final class UploadInvocation extends Invocation {

	private final RequestBody original;

	private final UploadBody body;

	UploadInvocation(LeafMethod method, RequestBody body, TransferSettings settings) {
		super(method);
		this.original = body;
		this.body = new UploadBody(body, settings);
	}

	@Override
	void prepare(AttemptContext attempt) {
		this.body.prepare();
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		return checked(call(attempt.client(), request, this.body.forAttempt(attempt.progress())), attempt.client());
	}

	@Override
	public SentContent body() {
		return this.body;
	}

	@Override
	@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
		return call(client, request, this.original);
	}

	@Override
	void close() {
		this.body.close();
	}

}
