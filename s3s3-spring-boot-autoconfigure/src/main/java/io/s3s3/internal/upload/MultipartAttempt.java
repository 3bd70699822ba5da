package io.s3s3.internal.upload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.location.Location;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One attempt to upload content in parts at one location. The caller's thread reads the
 * content, a part whenever a worker is free to send it. Not thread-safe.
 */
final class MultipartAttempt {

	private static final String PART_TYPE = "application/octet-stream";

	private final Location location;

	private final PutObjectRequest request;

	private final PartSplitter splitter;

	/**
	 * Whether the client encrypts parts: one after the other, and the last one is marked.
	 */
	private final boolean encrypted;

	private final int concurrency;

	private final IncompleteUploads uploads;

	private final Consumer<S3Response> check;

	private final Consumer<Throwable> onReadFailure;

	private final TransferThreads threads;

	private final ExecutorService workers;

	private final AtomicLong sent = new AtomicLong();

	private final @Nullable ByteProgress progress;

	private final long started = System.nanoTime();

	/** The scope of the caller's thread, in which parts are sent. */
	private final AttemptScope scope = AttemptScope.current();

	private @Nullable String uploadId;

	private boolean creating;

	private boolean completing;

	/** Whether the outcome of parts no longer matters. */
	private volatile boolean over;

	MultipartAttempt(Location location, PutObjectRequest request, PartSplitter splitter, TransferSettings settings,
			IncompleteUploads uploads, Consumer<S3Response> check, @Nullable ByteProgress progress,
			Consumer<Throwable> onReadFailure) {
		this.location = location;
		this.request = request;
		this.splitter = splitter;
		this.encrypted = EncryptingClients.encrypts(location.client());
		this.concurrency = this.encrypted ? 1 : settings.partConcurrency();
		this.uploads = uploads;
		this.check = check;
		this.progress = progress;
		this.onReadFailure = onReadFailure;
		this.threads = settings.threads();
		this.workers = Executors.newFixedThreadPool(this.concurrency, this.threads.named("s3s3-part"));
	}

	PutObjectResponse run() throws Exception {
		try {
			String id = create();
			this.uploadId = id;
			this.uploads.begun(this.location, abortion(id));
			List<CompletedPart> parts = sendParts(id);
			this.completing = true;
			PutObjectResponse response = complete(id, parts);
			this.uploadId = null;
			this.uploads.ended(id);
			return response;
		}
		finally {
			this.over = true;
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
	 * Return the upload that is left behind, {@code null} if there is none.
	 */
	@Nullable IncompleteUpload leftover() {
		return (this.uploadId != null) ? new IncompleteUpload(this.location, abortion(this.uploadId), this.workers)
				: null;
	}

	private AbortMultipartUploadRequest abortion(String id) {
		return MultipartRequests.abort(this.request, id);
	}

	private PutObjectRequest inTime() {
		return MultipartRequests.withTimeLeft(this.request, Duration.ofNanos(System.nanoTime() - this.started));
	}

	private String create() {
		this.creating = true;
		CreateMultipartUploadResponse response = this.location.client()
			.createMultipartUpload(MultipartRequests.create(inTime()));
		this.check.accept(response);
		this.creating = false;
		return response.uploadId();
	}

	private PutObjectResponse complete(String id, List<CompletedPart> parts) {
		var response = this.location.client().completeMultipartUpload(MultipartRequests.complete(inTime(), id, parts));
		this.check.accept(response);
		long size = this.sent.get();
		if (this.progress != null) {
			this.progress.moved(size, size);
		}
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
				sending.submit(this.threads.inContext(() -> send(id, part)));
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

	private CompletedPart send(String id, Part part) {
		try (AttemptScope.Entered entered = this.scope.enter()) {
			return sendInScope(id, part);
		}
	}

	private CompletedPart sendInScope(String id, Part part) {
		UploadPartRequest request = (this.encrypted && part.last())
				? MultipartRequests.lastPart(inTime(), id, part.number())
				: MultipartRequests.part(inTime(), id, part.number());
		UploadPartResponse response = this.location.client()
			.uploadPart(request, part.body(progressOfPart(), this::readFailed, PART_TYPE));
		this.check.accept(response);
		return MultipartRequests.completed(response, part.number());
	}

	/**
	 * Called when the content cannot be read. Reads of a file also fail because their
	 * thread is told to stop.
	 */
	private void readFailed(Throwable failure) {
		if (!this.over && !Thread.currentThread().isInterrupted()) {
			this.onReadFailure.accept(failure);
		}
	}

	/**
	 * Return the progress of one part, which counts once however often it is sent.
	 */
	private @Nullable ByteProgress progressOfPart() {
		ByteProgress whole = this.progress;
		if (whole == null) {
			return null;
		}
		AtomicLong furthest = new AtomicLong();
		return (bytes, total) -> {
			long before = furthest.getAndAccumulate(bytes, Math::max);
			if (bytes > before && !this.over) {
				whole.moved(this.sent.addAndGet(bytes - before), this.splitter.length());
			}
		};
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
