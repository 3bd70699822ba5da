package io.s3s3.internal.async;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.internal.call.CallScope;
import io.s3s3.internal.call.CallServices;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.internal.multipart.PortableUploads;
import io.s3s3.internal.multipart.UploadPassage;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.route.RequestValidator;
import io.s3s3.internal.upload.MultipartUpload;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Carries out every call of an asynchronous client. Thread-safe.
 */
public final class AsyncEngine implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AsyncEngine.class);

	/**
	 * See <a href=
	 * "https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html">Uploading
	 * objects</a>.
	 */
	private static final long MOST_FOR_ONE_REQUEST = 5L << 30;

	private static final String CLOSED = "The client is closed";

	private final AsyncClients clients;

	private final CallServices services;

	private final TransferSettings transfer;

	private final PortableUploads uploads;

	/** Shared with engines that make other promises, like the next fields. */
	private final Workers workers;

	/** The futures of calls in progress. */
	private final Set<CompletableFuture<?>> open;

	private final AtomicBoolean closed;

	/** Stores what is sent in parts, or {@code null} if nothing is. */
	private final @Nullable PartedUploads parts;

	/**
	 * Create an engine.
	 * @param clients the clients of the locations
	 * @param services what all calls share, including those of the blocking client
	 * @param transfer how bodies are buffered
	 * @param uploads the uploads that callers split themselves
	 */
	public AsyncEngine(AsyncClients clients, CallServices services, TransferSettings transfer,
			PortableUploads uploads) {
		this.clients = clients;
		this.services = services;
		this.transfer = transfer;
		this.uploads = uploads;
		this.workers = new Workers();
		this.open = ConcurrentHashMap.newKeySet();
		this.closed = new AtomicBoolean();
		this.parts = null;
	}

	private AsyncEngine(AsyncEngine other, CallServices services, @Nullable PartedUploads parts) {
		this.clients = other.clients;
		this.services = services;
		this.transfer = other.transfer;
		this.uploads = other.uploads;
		this.workers = other.workers;
		this.open = other.open;
		this.closed = other.closed;
		this.parts = parts;
	}

	/**
	 * Carry out a call. A request for a bucket outside the pair goes to the primary's
	 * client unchanged.
	 * @param method the method of the client
	 * @param request the request
	 * @param argument what the method takes besides the request, or {@code null}
	 * @param listener receives the events of the call
	 * @return completes with what the client of the location that served the call
	 * returned, or with a {@link CompletionException} around its error. Completing it
	 * early gives up the call
	 */
	public CompletableFuture<@Nullable Object> execute(LeafMethod method, @Nullable S3Request request,
			@Nullable Object argument, RequestListener listener) {
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		try {
			if (this.closed.get()) {
				throw new IllegalStateException(CLOSED);
			}
			if (request == null) {
				throw new IllegalArgumentException("request is required");
			}
			if (this.parts != null && request instanceof PutObjectRequest put
					&& argument instanceof AsyncRequestBody body && storesInParts(put, body)) {
				storeInParts(this.parts, put, body, listener, result);
				return result;
			}
			AsyncInvocation invocation = AsyncInvocation.of(method, request, argument, this.transfer, this.workers);
			if (this.services.router().addressing().isForeign(request)) {
				return passThrough(invocation, request);
			}
			RequestValidator.requireSendable(request);
			UploadPassage passage = this.uploads.passage(method.operation(), request);
			AsyncInvocation passing = (passage != null) ? new PortableAsyncInvocation(invocation, passage) : invocation;
			carryOut(new S3Call(method.operation(), request, true), passing, listener, result);
		}
		catch (Throwable ex) {
			fail(result, ex);
		}
		return result;
	}

	private boolean storesInParts(PutObjectRequest request, AsyncRequestBody body) {
		long length = lengthOf(request, body);
		return (length < 0 || length > MOST_FOR_ONE_REQUEST) && MultipartUpload.isFor(request, length, this.transfer);
	}

	private static long lengthOf(PutObjectRequest request, AsyncRequestBody body) {
		return body.contentLength().or(() -> Optional.ofNullable(request.contentLength())).orElse(-1L);
	}

	private void storeInParts(PartedUploads parts, PutObjectRequest request, AsyncRequestBody body,
			RequestListener listener, CompletableFuture<@Nullable Object> result) {
		this.open.add(result);
		result.whenComplete((value, error) -> this.open.remove(result));
		PartedUpload.start(this.transfer.threads(), body, lengthOf(request, body),
				(content) -> parts.store(request, content, consistency(), listener), result);
		if (this.closed.get()) {
			abort(result);
		}
	}

	@SuppressWarnings("unchecked") // nobody else completes it
	private CompletableFuture<@Nullable Object> passThrough(AsyncInvocation invocation, S3Request request)
			throws Throwable {
		return (CompletableFuture<@Nullable Object>) invocation.passThrough(this.clients.primary(), request);
	}

	private void carryOut(S3Call call, AsyncInvocation invocation, RequestListener listener,
			CompletableFuture<@Nullable Object> result) {
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		this.open.add(result);
		result.whenComplete((value, error) -> {
			this.open.remove(result);
			cancelled.complete(null);
		});
		CallScope scope = CallScope.of(this.services, call, listener, System.nanoTime());
		AsyncCall whole = new AsyncCall(this.clients, this.workers, scope, this.transfer.threads().capture(),
				cancelled);
		invocation.carryOut(whole).whenComplete((value, error) -> {
			Throwable cause = (error != null) ? CompletionErrors.causeOf(error) : null;
			end(invocation, cause).whenComplete((ended, failure) -> {
				if (cause != null) {
					fail(result, cause);
				}
				else {
					result.complete(value);
				}
			});
		});
		if (this.closed.get()) {
			abort(result);
		}
	}

	/**
	 * Complete a future as the SDK does, whose clients wrap errors too.
	 */
	private static void fail(CompletableFuture<?> result, Throwable error) {
		result.completeExceptionally(new CompletionException(error));
	}

	private static CompletableFuture<?> end(AsyncInvocation invocation, @Nullable Throwable error) {
		try {
			return invocation.end(error);
		}
		catch (Throwable ex) {
			logger.warn("Could not report the end of a call", ex);
			return AsyncInvocation.DONE;
		}
	}

	/**
	 * Return the number of calls in progress.
	 */
	int open() {
		return this.open.size();
	}

	/**
	 * Return an engine for the same clients, with the same memory, whose calls make other
	 * promises. It is closed with this one.
	 * @param consistency what they promise
	 * @return the engine
	 */
	public AsyncEngine promising(Consistency consistency) {
		return new AsyncEngine(this, this.services.with(this.services.router().promising(consistency)), this.parts);
	}

	/**
	 * Return an engine for the same clients, with the same memory, whose reads are
	 * hedged.
	 * @return the engine
	 */
	public AsyncEngine hedging() {
		return new AsyncEngine(this, this.services.hedging(), this.parts);
	}

	/**
	 * Return an engine for the same clients, with the same memory, that stores in parts
	 * what one request cannot carry.
	 * @param parts stores it
	 * @return the engine
	 */
	public AsyncEngine inParts(PartedUploads parts) {
		return new AsyncEngine(this, this.services, parts);
	}

	/**
	 * Return what this engine and its calls promise.
	 * @return the consistency
	 */
	public Consistency consistency() {
		return this.services.router().consistency();
	}

	/**
	 * Return what runs a task immediately, or on another thread if this one must not
	 * block.
	 * @return an executor that accepts every task
	 */
	public Executor offLoop() {
		return this.workers::offLoop;
	}

	/**
	 * Return the timer, for tasks that do not block.
	 * @return the timer
	 */
	public ScheduledExecutorService timer() {
		return this.workers.timer();
	}

	private static void abort(CompletableFuture<?> result) {
		fail(result, SdkClientException.create("The client was closed before the call had ended"));
	}

	/**
	 * Refuse new calls, cancel those in progress, and end the threads.
	 */
	@Override
	public void close() {
		this.closed.set(true);
		this.open.forEach(AsyncEngine::abort);
		this.workers.close();
	}

}
