package io.s3s3.internal.blocking;

import io.s3s3.internal.operation.LeafMethod;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A call with a request and a response, and no body.
 */
final class PlainInvocation extends Invocation {

	private final boolean asksForUpload;

	PlainInvocation(LeafMethod method) {
		super(method);
		this.asksForUpload = method.name().equals("createMultipartUpload");
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		return checked(call(attempt.client(), request), attempt.client());
	}

	@Override
	public boolean asksForUpload() {
		return this.asksForUpload;
	}

}
