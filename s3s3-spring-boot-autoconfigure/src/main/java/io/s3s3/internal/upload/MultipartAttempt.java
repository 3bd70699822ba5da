package io.s3s3.internal.upload;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.s3s3.internal.io.TransferThreads;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * One attempt to upload content in parts at one location. Not thread-safe.
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
	 * Return whether S3 was asked to begin an upload and the answer did not arrive.
	 */
	boolean isCreating() {
		return this.creating;
	}

	/**
	 * Return whether S3 was asked to assemble the object.
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
		return new PartsUnderWay(this.splitter, this.workers, this.concurrency, this.target.judge()::lacksConnection)
			.send((part) -> this.threads.inContext(() -> this.sender.send(id, part)));
	}

}
