package io.s3s3.internal.download;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.CarriedThrowable;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Passes an asynchronous download to the caller's transformer as a publisher that
 * survives a switch, and records the response. Until the first byte has arrived nothing
 * is passed on, and the SDK or the call may start over; after that neither may, unless
 * the transformer is known to start over, since any other gets a single body. It is
 * called on threads that may block, unless it is one of the SDK's that never does.
 * Thread-safe for a client of the SDK; one per attempt.
 *
 * @param <R> the type of the response
 * @param <T> the type of the result
 */
public final class FailoverAsyncResponseTransformer<R extends S3Response, T> implements AsyncResponseTransformer<R, T> {

	private static final String IN_MEMORY = TransformerType.BYTES.getName();

	/** The package of the SDK's own transformers. */
	private static final String SDK = "software.amazon.awssdk.core.internal.async.";

	/** Transformers of the SDK that never block. */
	private static final Set<String> WITHOUT_WAITING = Set.of(IN_MEMORY, TransformerType.PUBLISHER.getName(),
			TransformerType.STREAM.getName());

	private final AsyncResponseTransformer<R, T> delegate;

	private final Attempt attempt;

	private final TransferSettings settings;

	private final Executor workers;

	/** The current try of the SDK. */
	private volatile @Nullable Try current;

	private volatile @Nullable R response;

	private volatile @Nullable ResumingPublisher body;

	/** Whether the future of the transformer failed, for whatever reason. */
	private volatile boolean failed;

	/** Whether the transformer or its subscriber threw. */
	private volatile boolean thrown;

	/**
	 * Create a transformer for one attempt.
	 * @param delegate the caller's transformer
	 * @param attempt the attempt
	 * @param settings whether bodies are digested
	 * @param workers the threads that may block
	 */
	public FailoverAsyncResponseTransformer(AsyncResponseTransformer<R, T> delegate, Attempt attempt,
			TransferSettings settings, Executor workers) {
		this.delegate = delegate;
		this.attempt = attempt;
		this.settings = settings;
		this.workers = workers;
	}

	/**
	 * Return the response that was passed on.
	 * @return the response, or {@code null} if there was none
	 */
	public @Nullable R response() {
		return this.response;
	}

	/**
	 * Return whether the caller's transformer failed though the download did not.
	 * @return whether it failed on its own
	 */
	public boolean failedAtCaller() {
		ResumingPublisher body = this.body;
		boolean mismatch = this.delegate instanceof AsyncFileDownload file && file.hasMismatch();
		return this.thrown || (this.failed && !mismatch && (body == null || !body.hasFailed()));
	}

	/**
	 * Abort the current try: the attempt has failed.
	 * @param error how it failed
	 */
	public void abort(Throwable error) {
		ResumingPublisher body = this.body;
		Try current = this.current;
		if (body != null) {
			body.abort(error);
		}
		else if (current != null) {
			current.broken(error);
		}
	}

	@Override
	public CompletableFuture<T> prepare() {
		if (this.response != null && !startsOver(this.delegate)) {
			return CompletableFuture
				.failedFuture(CarriedThrowable.carryAlways(new IllegalStateException("The body was handed on")));
		}
		this.response = null;
		this.body = null;
		this.failed = false;
		Try next = new Try();
		this.current = next;
		try {
			next.made = Objects.requireNonNull(this.delegate.prepare(), "The transformer prepared no future");
		}
		catch (Throwable ex) {
			this.thrown = true;
			next.result.completeExceptionally(CarriedThrowable.carryAlways(ex));
		}
		return next.result;
	}

	@Override
	public void onResponse(R response) {
		Objects.requireNonNull(this.current).response = response;
	}

	@Override
	public void onStream(SdkPublisher<ByteBuffer> publisher) {
		Try current = Objects.requireNonNull(this.current);
		OpenBody opening = new OpenBody(current);
		current.opening = opening;
		publisher.subscribe(opening);
	}

	@Override
	public void exceptionOccurred(Throwable error) {
		Try current = this.current;
		OpenBody opening = (current != null) ? current.opening : null;
		if (opening != null) {
			opening.end(error);
		}
		else if (current != null) {
			current.broken(error);
		}
	}

	/**
	 * Return whether a transformer can be given another body in place of one that broke:
	 * one that keeps what it got for itself until it has all of it.
	 * @param transformer the caller's transformer
	 * @return whether it is known to start over
	 */
	public static boolean startsOver(AsyncResponseTransformer<?, ?> transformer) {
		return transformer instanceof AsyncFileDownload
				|| (isOfSdk(transformer) && IN_MEMORY.equals(transformer.name()));
	}

	private boolean mayBlock() {
		return !isOfSdk(this.delegate) || !WITHOUT_WAITING.contains(name());
	}

	private static boolean isOfSdk(AsyncResponseTransformer<?, ?> transformer) {
		return transformer.getClass().getName().startsWith(SDK);
	}

	@Override
	public String name() {
		return this.delegate.name();
	}

	/**
	 * The attempt that a transformer belongs to.
	 *
	 * @param resumer what fetches the rest of an object when the body breaks
	 * @param progress receives the progress of the body, or {@code null}
	 * @param decrypted whether the client decrypts what S3 answers: such a body can be
	 * neither resumed nor verified
	 */
	public record Attempt(AsyncDownloadResumer resumer, @Nullable ByteProgress progress, boolean decrypted) {

	}

	/**
	 * One try of the SDK.
	 */
	private final class Try implements OpenBody.Opening {

		private final CompletableFuture<T> result = new CompletableFuture<>();

		private CompletableFuture<T> made = this.result;

		private volatile @Nullable R response;

		private volatile @Nullable OpenBody opening;

		@Override
		public void begun(OpenBody body) {
			if (!mayBlock()) {
				require(body);
				return;
			}
			try {
				FailoverAsyncResponseTransformer.this.workers.execute(() -> require(body));
			}
			catch (RejectedExecutionException ex) {
				body.cancel();
				this.result.completeExceptionally(ex);
			}
		}

		@Override
		public void broken(Throwable error) {
			this.result.completeExceptionally(error);
		}

		private void require(OpenBody body) {
			R response = Objects.requireNonNull(this.response);
			try {
				if (response instanceof GetObjectResponse answer) {
					ObjectCheck.requireObject(answer, body.first());
					if (body.first() == null && answer.contentLength() != null && answer.contentLength() > 0) {
						throw RetryableException.create("The body of the answer did not begin", new EOFException(
								"The answer ended after 0 of %d bytes".formatted(answer.contentLength())));
					}
				}
			}
			catch (RuntimeException ex) {
				body.cancel();
				this.result.completeExceptionally(ex);
				return;
			}
			FailoverAsyncResponseTransformer.this.attempt.resumer().begin(response, (refusal) -> {
				if (refusal != null) {
					body.cancel();
					fail(refusal);
				}
				else if (this.result.isDone()) {
					body.cancel();
				}
				else {
					handOn(response, body);
				}
			});
		}

		private void handOn(R response, OpenBody body) {
			ResumingPublisher publisher = publisher(response, body);
			FailoverAsyncResponseTransformer.this.response = response;
			FailoverAsyncResponseTransformer.this.body = publisher;
			this.made.whenComplete((value, error) -> end(response, publisher, value, error));
			if (FailoverAsyncResponseTransformer.this.delegate instanceof AsyncFileDownload file) {
				file.verifyIf(publisher::isUnverified);
			}
			try {
				FailoverAsyncResponseTransformer.this.delegate.onResponse(response);
				FailoverAsyncResponseTransformer.this.delegate.onStream(publisher);
			}
			catch (Throwable ex) {
				subscriberFailed(ex);
				publisher.abort(ex);
			}
		}

		private ResumingPublisher publisher(R response, OpenBody body) {
			Attempt attempt = FailoverAsyncResponseTransformer.this.attempt;
			ObjectRange object = null;
			BodyVerification verification = new BodyVerification(null, () -> false);
			if (response instanceof GetObjectResponse answer && !attempt.decrypted()) {
				object = ObjectRange.of(answer);
				verification = (object != null) ? verification(answer, object) : verification;
			}
			return new ResumingPublisher(new AsyncBodySegment(object, body, attempt.resumer(), attempt.progress()),
					verification, FailoverAsyncResponseTransformer.this.workers, this::subscriberFailed);
		}

		/**
		 * Return how a body is verified. A body that ends up in memory can still be
		 * digested at the end.
		 */
		private BodyVerification verification(GetObjectResponse answer, ObjectRange object) {
			boolean kept = IN_MEMORY.equals(name());
			boolean running = FailoverAsyncResponseTransformer.this.settings.digestStreams()
					|| (!kept && object.length() < 0);
			return BodyVerification.of(answer, running, kept);
		}

		private void subscriberFailed(Throwable error) {
			FailoverAsyncResponseTransformer.this.thrown = true;
			fail(error);
		}

		private void end(R response, ResumingPublisher publisher, @Nullable T value, @Nullable Throwable error) {
			if (error != null) {
				FailoverAsyncResponseTransformer.this.failed = true;
				fail(CompletionErrors.causeOf(error));
				return;
			}
			try {
				if (response instanceof GetObjectResponse answer && value instanceof ResponseBytes<?> bytes
						&& publisher.isUnverified()) {
					BodyVerification.requireWhole(answer, bytes.asByteArrayUnsafe());
				}
				this.result.complete(value);
			}
			catch (RuntimeException ex) {
				fail(ex);
			}
		}

		private void fail(Throwable error) {
			this.result.completeExceptionally(CarriedThrowable.carryAlways(error));
		}

	}

}
