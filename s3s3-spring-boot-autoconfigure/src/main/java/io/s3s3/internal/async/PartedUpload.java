package io.s3s3.internal.async;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.internal.io.TransferThreads;
import org.jspecify.annotations.Nullable;

/**
 * The thread that stores the content of an asynchronous call in parts, and the future of
 * the call. Whoever completes the future early interrupts the thread. Thread-safe.
 */
final class PartedUpload implements Runnable {

	private static final String NAME = "s3s3-upload";

	private final PublishedContent content;

	private final Callable<@Nullable Object> work;

	private final CompletableFuture<@Nullable Object> result;

	private final AtomicBoolean over = new AtomicBoolean();

	private PartedUpload(PublishedContent content, Callable<@Nullable Object> work,
			CompletableFuture<@Nullable Object> result) {
		this.content = content;
		this.work = work;
		this.result = result;
	}

	/**
	 * Start an upload.
	 * @param threads makes the thread, and carries the context of this one to it
	 * @param content the content, which is given up when the upload ends
	 * @param work stores the content
	 * @param result completes with what the work returns
	 */
	static void start(TransferThreads threads, PublishedContent content, Callable<@Nullable Object> work,
			CompletableFuture<@Nullable Object> result) {
		PartedUpload upload = new PartedUpload(content, threads.inContext(work), result);
		Thread thread = threads.named(NAME).newThread(upload);
		result.whenComplete((value, error) -> upload.ended(thread));
		thread.start();
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

}
