package io.s3s3.internal.upload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.s3s3.internal.io.TransferThreads;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * One attempt to upload content in parts at one location. The caller's thread reads the
 * content, a part whenever a worker is free to send it. Not thread-safe.
 */
final class MultipartAttempt {

	private final UploadTarget target;

	private final PartSplitter splitter;

	private final IncompleteUploads uploads;

	private final PartSender sender;

	private final int concurrency;

	private final TransferThreads threads;

	private final ExecutorService workers;

	private @Nullable String uploadId;

	private boolean creating;

	private boolean completing;

	MultipartAttempt(UploadTarget target, PartSplitter splitter, TransferSettings settings, IncompleteUploads uploads,
			Consumer<Throwable> onReadFailure) {
		this.target = target;
		this.splitter = splitter;
		this.uploads = uploads;
		this.sender = new PartSender(target, splitter.length(), onReadFailure);
		this.concurrency = this.sender.concurrency(settings.partConcurrency());
		this.threads = settings.threads();
		this.workers = Executors.newFixedThreadPool(this.concurrency, this.threads.named("s3s3-part"));
	}

	PutObjectResponse run() throws Exception {
		try {
			String id = create();
			this.uploadId = id;
			this.uploads.begun(this.target.location(), abortion(id));
			List<CompletedPart> parts = sendParts(id);
			this.completing = true;
			PutObjectResponse response = complete(id, parts);
			this.uploadId = null;
			this.uploads.ended(id);
			return response;
		}
		finally {
			this.sender.end();
			this.workers.shutdownNow();
		}
	}

	/**
	 * Return whether S3 was asked for an upload and its answer did not arrive.
	 */
	boolean isCreating() {
		return this.creating;
	}

	/**
	 * Return whether S3 was asked to make an object of the parts.
	 */
	boolean isCompleting() {
		return this.completing;
	}

	/**
	 * Return the upload that is left behind.
	 */
	Optional<IncompleteUpload> leftover() {
		return Optional.ofNullable(this.uploadId)
			.map((id) -> new IncompleteUpload(this.target.location(), abortion(id), this.workers));
	}

	private AbortMultipartUploadRequest abortion(String id) {
		return MultipartRequests.abort(this.target.request(), id);
	}

	private String create() {
		this.creating = true;
		CreateMultipartUploadResponse response = this.target
			.checked(this.target.client().createMultipartUpload(MultipartRequests.create(this.target.requestInTime())));
		this.creating = false;
		return response.uploadId();
	}

	private PutObjectResponse complete(String id, List<CompletedPart> parts) {
		CompleteMultipartUploadRequest request = MultipartRequests.complete(this.target.requestInTime(), id, parts);
		var response = this.target.checked(this.target.client().completeMultipartUpload(request));
		this.sender.complete();
		return MultipartRequests.stored(response);
	}

	private List<CompletedPart> sendParts(String id) throws Exception {
		CompletionService<CompletedPart> sending = new ExecutorCompletionService<>(this.workers);
		List<CompletedPart> completed = new ArrayList<>();
		int onTheirWay = 0;
		boolean more = true;
		while (more || onTheirWay > 0) {
			// Parts that are not kept come one at a time.
			if (more && (onTheirWay == 0 || (onTheirWay < this.concurrency && this.splitter.keepsNext()))) {
				Part part = this.splitter.next();
				more = !part.last();
				sending.submit(this.threads.inContext(() -> this.sender.send(id, part)));
				onTheirWay++;
			}
			boolean full = !more || onTheirWay == this.concurrency || !this.splitter.keepsNext();
			Future<CompletedPart> done = (full && onTheirWay > 0) ? take(sending) : sending.poll();
			if (done != null) {
				onTheirWay--;
				completed.add(resultOf(done));
			}
		}
		completed.sort(Comparator.comparing(CompletedPart::partNumber));
		return completed;
	}

	private static Future<CompletedPart> take(CompletionService<CompletedPart> sending) {
		try {
			return sending.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted while parts were sent", ex);
		}
	}

	private static CompletedPart resultOf(Future<CompletedPart> done) throws Exception {
		try {
			return done.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Exception cause) {
				throw cause;
			}
			throw (Error) ex.getCause();
		}
	}

}
