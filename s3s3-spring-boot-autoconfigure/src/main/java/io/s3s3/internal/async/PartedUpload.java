package io.s3s3.internal.async;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.internal.io.TransferThreads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The thread that stores the content of an asynchronous call in parts, and the future of
 * the call. The thread subscribes to the content at once, and is interrupted when
 * somebody else completes the future. Thread-safe.
 */
final class PartedUpload implements Runnable {

	private static final String NAME = "s3s3-upload";

	private final PublishedContent content = new PublishedContent();

	private final CompletableFuture<@Nullable Object> result;

	private final Callable<@Nullable Object> work;

	private final AtomicBoolean over = new AtomicBoolean();

	private PartedUpload(TransferThreads threads, AsyncRequestBody body, long length, Storing storing,
			CompletableFuture<@Nullable Object> result) {
		this.result = result;
		this.work = threads.inContext(() -> {
			this.content.subscribeTo(body);
			return storing.store(asStream(body, length));
		});
	}

	/**
	 * Start an upload.
	 * @param threads makes the thread, and carries the context of this one to it
	 * @param body the content
	 * @param length its length, or -1 if that is unknown
	 * @param storing stores it
	 * @param result completes with what is returned by that
	 */
	static void start(TransferThreads threads, AsyncRequestBody body, long length, Storing storing,
			CompletableFuture<@Nullable Object> result) {
		PartedUpload upload = new PartedUpload(threads, body, length, storing, result);
		Thread thread = threads.named(NAME).newThread(upload);
		result.whenComplete((value, error) -> upload.ended(thread));
		thread.start();
	}

	private RequestBody asStream(AsyncRequestBody body, long length) {
		return (length < 0) ? RequestBody.fromContentProvider(() -> this.content, body.contentType())
				: RequestBody.fromContentProvider(() -> this.content, length, body.contentType());
	}

	private void ended(Thread thread) {
		if (this.over.compareAndSet(false, true)) {
			thread.interrupt();
		}
	}

	@Override
	public void run() {
		try (PublishedContent content = this.content) {
			Object stored = this.work.call();
			if (this.over.compareAndSet(false, true)) {
				this.result.complete(stored);
			}
		}
		catch (Throwable ex) {
			if (this.over.compareAndSet(false, true)) {
				this.result.completeExceptionally(new CompletionException(ex));
			}
		}
	}

	/**
	 * Stores content that can be read once.
	 */
	@FunctionalInterface
	interface Storing {

		@Nullable Object store(RequestBody content) throws Exception;

	}

}
