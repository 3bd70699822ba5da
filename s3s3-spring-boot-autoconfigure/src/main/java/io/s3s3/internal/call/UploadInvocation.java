package io.s3s3.internal.call;

import java.lang.reflect.Method;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.upload.UploadBody;
import io.s3s3.location.Location;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A request with a body.
 */
final class UploadInvocation extends Invocation {

	private final RequestBody original;

	private final UploadBody body;

	UploadInvocation(Method method, RequestBody body, TransferSettings settings) {
		super(method);
		this.original = body;
		this.body = new UploadBody(body, settings);
	}

	@Override
	void prepare() {
		this.body.prepare();
	}

	@Override
	@Nullable Object invoke(Location location, S3Request request, @Nullable ByteProgress progress) throws Throwable {
		return checked(call(location.client(), request, this.body.forAttempt(progress)), location.client());
	}

	@Override
	@Nullable S3Response responseOf(@Nullable Object result) {
		return (S3Response) result;
	}

	@Override
	@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
		return call(client, request, this.original);
	}

	@Override
	@Nullable String loss() {
		return this.body.loss();
	}

	@Override
	long spooled() {
		return this.body.spooled();
	}

	@Override
	void replaceBody(RequestBody replacement) {
		this.body.replaceWith(replacement);
	}

	@Override
	boolean failedAtCaller() {
		return this.body.callerFailure() != null;
	}

	@Override
	void close() {
		this.body.close();
	}

}
