package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.s3s3.internal.call.CallKind;
import io.s3s3.internal.hedge.Rival;
import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.http.AttemptScopeAttribute;
import io.s3s3.internal.http.HedgingMark;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.operation.ResponseValidator;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;

/**
 * What a call of the asynchronous client does at a location, once for each attempt. Not
 * thread-safe; one per call.
 */
abstract class AsyncInvocation extends CallKind {

	static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

	private final LeafMethod method;

	AsyncInvocation(LeafMethod method) {
		this.method = method;
	}

	/**
	 * Create an invocation that extends another one.
	 */
	AsyncInvocation(AsyncInvocation other) {
		this.method = other.method;
	}

	/**
	 * Create the invocation of a leaf method of {@link S3AsyncClient}.
	 * @param method the method
	 * @param request the request
	 * @param argument what it takes besides the request: a body, a transformer, a
	 * handler, or {@code null}
	 * @param settings how bodies are buffered and verified
	 * @param workers the threads that may block
	 */
	static AsyncInvocation of(LeafMethod method, S3Request request, @Nullable Object argument,
			TransferSettings settings, Executor workers) {
		if (argument instanceof AsyncRequestBody body) {
			return new AsyncUpload(method, request, body, settings, workers);
		}
		if (argument instanceof AsyncResponseTransformer<?, ?> transformer) {
			return new AsyncDownload(method, transformer, settings);
		}
		if (argument instanceof SelectObjectContentResponseHandler handler) {
			return new AsyncSelection(method, handler);
		}
		if (method.lists()) {
			return new AsyncListing(method);
		}
		return method.name().equals("deleteObjects") ? new AsyncBatchDeletion(method)
				: new PlainAsyncInvocation(method);
	}

	/**
	 * Make the call.
	 * @param call the call
	 * @return what the client of the location that served it returned
	 */
	CompletableFuture<@Nullable Object> carryOut(AsyncCall call) {
		return call.run(this);
	}

	/**
	 * Prepare an attempt, outside of the time that it takes.
	 * @param attempt the attempt
	 */
	CompletableFuture<?> prepare(AsyncAttempt attempt) {
		return DONE;
	}

	/**
	 * Call a location.
	 * @param request the request as the location understands it
	 * @param attempt where to send it, and what else an attempt may need
	 * @return what the client returns
	 * @throws Throwable what the client threw
	 */
	abstract CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable;

	/**
	 * Return whether an attempt is one request, which is made by the thread that asks for
	 * it.
	 */
	boolean isOneRequest() {
		return false;
	}

	/**
	 * Have the client of the other location prepare a second request, within the scope of
	 * this thread. The client does not send it, so there is no answer.
	 * @param rival the request
	 * @param attempt the attempt that it is for
	 * @return completes when the client has given up, or {@code null} if the client
	 * cannot do that
	 */
	@Nullable CompletableFuture<?> prepareRival(Rival rival, AsyncAttempt attempt) {
		S3AsyncClient client = attempt.call().clients().get(rival.location().role());
		if (!HedgingMark.isOn(client) || EncryptingClients.encrypts(client)
				|| EncryptingClients.encrypts(attempt.client())) {
			return null;
		}
		S3Request request = AttemptScopeAttribute.with(asSent(rival.request().get(), client), AttemptScope.current());
		return (request instanceof GetObjectRequest get) ? client.getObject(get, AsyncResponseTransformer.toBytes())
				: client.headObject((HeadObjectRequest) request);
	}

	/**
	 * Return a request as it is given to the client of a location.
	 */
	S3Request asSent(S3Request request, S3AsyncClient client) {
		return request;
	}

	/**
	 * Ask a location the {@link #question} of a failed attempt.
	 * @param request the request
	 * @param attempt the attempt that failed
	 * @return what the attempt returns after all
	 * @throws Throwable what the attempt fails with
	 */
	CompletableFuture<?> ask(S3Request request, AsyncAttempt attempt) throws Throwable {
		if (request instanceof ListObjectVersionsRequest versions && !this.method.lists()) {
			return attempt.client().listObjectVersions(versions);
		}
		return (request instanceof HeadObjectRequest head && this.method.name().equals("putObject"))
				? attempt.client().headObject(head) : invoke(request, attempt);
	}

	/**
	 * Call a client with exactly what the caller passed.
	 */
	CompletableFuture<?> passThrough(S3AsyncClient client, S3Request request) throws Throwable {
		return call(client, request);
	}

	/**
	 * Release the resources of an answer that nobody waits for.
	 */
	void discard(@Nullable Object result) {
	}

	/**
	 * Called when the call is over: release its resources.
	 * @param error how it failed, {@code null} if it did not
	 * @return completes, with any value, when the result may be passed to the caller
	 */
	CompletableFuture<?> end(@Nullable Throwable error) {
		return DONE;
	}

	/**
	 * Call a client and require a genuine answer of S3.
	 */
	CompletableFuture<?> callChecked(S3AsyncClient client, S3Request request) throws Throwable {
		return checked(call(client, request), client);
	}

	static CompletableFuture<?> checked(CompletableFuture<?> answer, S3AsyncClient client) {
		return Futures.ifWell(answer, (result) -> {
			if (result instanceof S3Response response) {
				ResponseValidator.requireS3(response, client);
			}
			return CompletableFuture.completedFuture(result);
		});
	}

	CompletableFuture<?> call(S3AsyncClient client, S3Request request) throws Throwable {
		return call(client, request, null);
	}

	@SuppressWarnings("NullAway") // no client returns null
	CompletableFuture<?> call(S3AsyncClient client, S3Request request, @Nullable Object argument) throws Throwable {
		return (CompletableFuture<?>) this.method.call(client, request, argument);
	}

}
