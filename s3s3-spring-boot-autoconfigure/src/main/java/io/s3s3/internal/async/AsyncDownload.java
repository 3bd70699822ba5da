package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.failure.Failure;
import io.s3s3.internal.download.AsyncFileDownload;
import io.s3s3.internal.download.FailoverAsyncResponseTransformer;
import io.s3s3.internal.download.FailoverAsyncResponseTransformer.Attempt;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.internal.operation.ChecksumRequest;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.location.Location;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A response with a body, which continues with another answer if one breaks.
 */
final class AsyncDownload extends AsyncInvocation {

	private final AsyncResponseTransformer<?, ?> transformer;

	private final TransferSettings settings;

	/** Replaced between attempts. */
	private volatile @Nullable FailoverAsyncResponseTransformer<?, ?> attempt;

	private volatile @Nullable AsyncResumer resumer;

	AsyncDownload(LeafMethod method, AsyncResponseTransformer<?, ?> transformer, TransferSettings settings) {
		super(method);
		this.transformer = transformer;
		this.settings = settings;
	}

	/**
	 * Forget the previous attempt, which says nothing about the next one.
	 */
	@Override
	CompletableFuture<?> prepare(AsyncAttempt attempt) {
		this.attempt = null;
		this.resumer = null;
		return super.prepare(attempt);
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		S3AsyncClient client = attempt.client();
		AsyncResumer resumer = new AsyncResumer(attempt);
		FailoverAsyncResponseTransformer<?, ?> transformer = wrap(this.transformer,
				new Attempt(resumer, attempt.progress(), EncryptingClients.encrypts(client)), attempt.call().workers());
		this.resumer = resumer;
		this.attempt = transformer;
		CompletableFuture<?> outcome = call(client, asSent(request, client), transformer);
		outcome.whenComplete((result, error) -> {
			if (error != null) {
				transformer.abort(CompletionErrors.causeOf(error));
			}
		});
		return outcome;
	}

	@Override
	boolean isOneRequest() {
		return true;
	}

	@Override
	S3Request asSent(S3Request request, S3AsyncClient client) {
		return this.settings.digestStreams() ? ChecksumRequest.withChecksum(request, client) : request;
	}

	@SuppressWarnings("unchecked") // the response of a method that takes a transformer
	private <T> FailoverAsyncResponseTransformer<?, T> wrap(AsyncResponseTransformer<?, T> transformer, Attempt attempt,
			Workers workers) {
		return new FailoverAsyncResponseTransformer<>((AsyncResponseTransformer<S3Response, T>) transformer, attempt,
				this.settings, workers);
	}

	@Override
	CompletableFuture<?> passThrough(S3AsyncClient client, S3Request request) throws Throwable {
		return call(client, request, this.transformer);
	}

	/**
	 * Tell the caller's transformer how the call failed, as the SDK does. A file is
	 * deleted then; what another transformer does about it is up to the caller.
	 */
	@Override
	CompletableFuture<?> end(@Nullable Throwable error) {
		if (error != null && this.attempt != null) {
			this.transformer.exceptionOccurred(error);
			if (this.transformer instanceof AsyncFileDownload file) {
				return file.ended();
			}
		}
		return super.end(error);
	}

	@Override
	public @Nullable S3Response responseOf(@Nullable Object result) {
		return (this.attempt != null) ? this.attempt.response() : null;
	}

	@Override
	public boolean hasAnswer() {
		return responseOf(null) != null;
	}

	@Override
	public boolean failedAtCaller() {
		return this.attempt != null && this.attempt.failedAtCaller();
	}

	/**
	 * Keep other locations from starting over what was passed on already, unless the
	 * caller's transformer can start over too.
	 */
	@Override
	public Failure refine(Failure failure, Throwable error) {
		boolean startsOver = FailoverAsyncResponseTransformer.startsOver(this.transformer);
		return (hasAnswer() && !startsOver) ? failure.incurable() : failure;
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
	public Direction direction() {
		return Direction.DOWNLOAD;
	}

}
