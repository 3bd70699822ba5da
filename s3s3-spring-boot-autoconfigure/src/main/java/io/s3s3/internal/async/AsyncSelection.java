package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;

import io.s3s3.failure.Failure;
import io.s3s3.internal.io.SingleTry;
import io.s3s3.internal.operation.LeafMethod;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.SelectObjectContentEventStream;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponse;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;

/**
 * A request that is answered with a stream of events for the caller's handler. It is sent
 * again, by the SDK or to another location, only as long as none has begun to answer:
 * events that were passed on cannot be told from those of another answer.
 */
final class AsyncSelection extends AsyncInvocation {

	private final SelectObjectContentResponseHandler handler;

	private volatile @Nullable SelectObjectContentResponse response;

	AsyncSelection(LeafMethod method, SelectObjectContentResponseHandler handler) {
		super(method);
		this.handler = handler;
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		AttemptHandler handler = new AttemptHandler();
		return Futures.ifWell(call(attempt.client(), SingleTry.of(request), handler), (done) -> handler.end());
	}

	@Override
	CompletableFuture<?> passThrough(S3AsyncClient client, S3Request request) throws Throwable {
		return call(client, request, this.handler);
	}

	@Override
	public @Nullable S3Response responseOf(@Nullable Object result) {
		return this.response;
	}

	@Override
	public boolean hasAnswer() {
		return this.response != null;
	}

	@Override
	public Failure refine(Failure failure, Throwable error) {
		return hasAnswer() ? failure.incurable() : failure;
	}

	@Override
	CompletableFuture<?> end(@Nullable Throwable error) {
		if (error != null) {
			this.handler.exceptionOccurred(error);
		}
		return super.end(error);
	}

	/**
	 * Passes on everything except the errors of attempts.
	 */
	private final class AttemptHandler implements SelectObjectContentResponseHandler {

		private volatile @Nullable WholeEvents events;

		CompletableFuture<?> end() {
			WholeEvents events = this.events;
			SdkClientException error = (events != null) ? events.error() : null;
			if (error != null) {
				return CompletableFuture.failedFuture(error);
			}
			AsyncSelection.this.handler.complete();
			return DONE;
		}

		@Override
		public void responseReceived(SelectObjectContentResponse response) {
			AsyncSelection.this.response = response;
			AsyncSelection.this.handler.responseReceived(response);
		}

		@Override
		public void onEventStream(SdkPublisher<SelectObjectContentEventStream> publisher) {
			WholeEvents events = new WholeEvents(publisher);
			this.events = events;
			AsyncSelection.this.handler.onEventStream(events.publisher());
		}

		@Override
		public void exceptionOccurred(Throwable error) {
			// The caller's handler is called once the call has failed.
		}

		@Override
		public void complete() {
			// Nothing is complete before it is known that all events have come.
		}

	}

}
