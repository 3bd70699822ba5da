package io.s3s3.internal.blocking;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.internal.download.FailoverResponseTransformer;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.internal.operation.ChecksumRequest;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.location.Location;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A response with a body, which continues with another answer if one breaks.
 */
final class DownloadInvocation extends Invocation {

	private final ResponseTransformer<?, ?> transformer;

	private final TransferSettings settings;

	private @Nullable FailoverResponseTransformer<?, ?> attempt;

	private @Nullable BlockingDownloadResumer resumer;

	DownloadInvocation(LeafMethod method, ResponseTransformer<?, ?> transformer, TransferSettings settings) {
		super(method);
		this.transformer = transformer;
		this.settings = settings;
	}

	/**
	 * Forget the previous attempt, which says nothing about the next one.
	 */
	@Override
	void prepare(AttemptContext attempt) {
		this.attempt = null;
		this.resumer = null;
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		S3Client client = attempt.client();
		this.resumer = new BlockingDownloadResumer(attempt);
		this.attempt = new FailoverResponseTransformer<>(this.transformer, this.settings, attempt.progress(),
				this.resumer, EncryptingClients.encrypts(client));
		return call(client, asSent(request, client), this.attempt);
	}

	@Override
	S3Request asSent(S3Request request, S3Client client) {
		return this.settings.digestStreams() ? ChecksumRequest.withChecksum(request, client) : request;
	}

	@Override
	public @Nullable S3Response responseOf(@Nullable Object result) {
		return (this.attempt != null) ? (S3Response) this.attempt.response() : null;
	}

	@Override
	public boolean hasAnswer() {
		return this.attempt != null && this.attempt.response() != null;
	}

	@Override
	public boolean failedAtCaller() {
		return this.attempt != null && this.attempt.failedAtCaller();
	}

	@Override
	public boolean wasResumed() {
		return this.resumer != null && this.resumer.isUsed();
	}

	@Override
	public Location answeredBy(Location location) {
		return (this.resumer != null && this.resumer.isUsed()) ? this.resumer.lastServed() : location;
	}

	@Override
	public boolean outlivesCall() {
		return true;
	}

	@Override
	@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
		return call(client, request, this.transformer);
	}

	@Override
	public Direction direction() {
		return Direction.DOWNLOAD;
	}

}
