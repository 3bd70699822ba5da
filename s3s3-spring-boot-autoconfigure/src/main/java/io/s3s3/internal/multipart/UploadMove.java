package io.s3s3.internal.multipart;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.internal.operation.ResponseValidator;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Moves an upload to a location: begins it there unless that has been done, and sends the
 * parts that are missing there, several in parallel. Thread-safe; used once.
 */
final class UploadMove {

	private static final Logger logger = LoggerFactory.getLogger(UploadMove.class);

	private static final String CONTENT_TYPE = "application/octet-stream";

	private final PortableUpload upload;

	private final Location target;

	private final Movers movers;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	UploadMove(PortableUpload upload, Location target, Movers movers) {
		this.upload = upload;
		this.target = target;
		this.movers = movers;
	}

	boolean isTo(Location location) {
		return this.target.role() == location.role();
	}

	/**
	 * Return a future that completes when the upload is there, or cannot be moved there.
	 */
	CompletableFuture<Void> done() {
		return this.done;
	}

	void start() {
		try {
			this.movers.threads().execute(this::run);
		}
		catch (RejectedExecutionException ex) {
			failed(SdkClientException.create("The client is closed", ex));
		}
	}

	private void run() {
		try {
			if (!this.upload.isMovable()) {
				this.upload.failed(false);
				this.done.complete(null);
				return;
			}
			Incarnation there = this.upload.incarnationAt(this.target);
			sendMissing((there != null) ? there : begin());
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private Incarnation begin() {
		S3Client client = this.target.client();
		CreateMultipartUploadRequest request = address(this.upload.request());
		CreateMultipartUploadResponse response = client.createMultipartUpload(request);
		ResponseValidator.requireS3(response, client);
		if (response.uploadId() == null) {
			throw SdkClientException.create("The location began no upload");
		}
		Incarnation there = new Incarnation(this.target, response.uploadId());
		this.movers.begun(this.upload, there);
		this.upload.begun(there);
		logger.debug("An upload in parts continues at the {} location", this.target.role());
		return there;
	}

	private void sendMissing(Incarnation there) {
		List<KeptPart> missing = this.upload.missingIn(there);
		if (!missing.isEmpty()) {
			Batch batch = new Batch(there, missing);
			batch.runAlong(Math.min(missing.size(), this.movers.concurrency()) - 1);
			batch.run();
		}
		else if (this.upload.arrived(there)) {
			this.done.complete(null);
		}
		else {
			sendMissing(there);
		}
	}

	private void send(Incarnation there, KeptPart part) {
		PartTag tag = (part.request() instanceof UploadPartCopyRequest copy) ? copy(there, copy)
				: upload(there, (UploadPartRequest) part.request(), part);
		if (tag.eTag().isEmpty() || !part.isSameAs(tag)) {
			throw SdkClientException.create(
					"Part %d is not provably the same at the %s location".formatted(part.number(), this.target.role()));
		}
		this.upload.sent(there, part, tag);
	}

	private PartTag upload(Incarnation there, UploadPartRequest request, KeptPart part) {
		S3Client client = this.target.client();
		RequestBody body = RequestBody.fromContentProvider(() -> this.upload.bytes().open(part.begin(), part.length()),
				part.length(), CONTENT_TYPE);
		UploadPartResponse response = client.uploadPart(address(request.toBuilder().uploadId(there.realId()).build()),
				body);
		ResponseValidator.requireS3(response, client);
		return PartTag.of(response.eTag(), response);
	}

	private PartTag copy(Incarnation there, UploadPartCopyRequest request) {
		S3Client client = this.target.client();
		UploadPartCopyResponse response = client
			.uploadPartCopy(address(request.toBuilder().uploadId(there.realId()).build()));
		ResponseValidator.requireS3(response, client);
		return PartTag.of(response.copyPartResult().eTag(), response.copyPartResult());
	}

	@SuppressWarnings("unchecked") // an addressed request is of the same type
	private <R extends S3Request> R address(R request) {
		return (R) this.movers.addressing().address(request, this.target);
	}

	private void failed(Throwable error) {
		logger.debug("An upload in parts cannot continue at the {} location", this.target.role(), error);
		this.upload.failed(error instanceof NoSuchUploadException);
		this.done.completeExceptionally(error);
	}

	/**
	 * Parts that are sent by any number of threads. The last thread continues the move,
	 * even after an error, since nothing is in flight then.
	 */
	private final class Batch implements Runnable {

		private final Incarnation there;

		private final Queue<KeptPart> rest;

		private final AtomicInteger unfinished;

		private volatile @Nullable Throwable error;

		Batch(Incarnation there, List<KeptPart> parts) {
			this.there = there;
			this.rest = new ConcurrentLinkedQueue<>(parts);
			this.unfinished = new AtomicInteger(parts.size());
		}

		/**
		 * Have other threads run it as well.
		 */
		void runAlong(int others) {
			try {
				for (int i = 0; i < others; i++) {
					UploadMove.this.movers.threads().execute(this);
				}
			}
			catch (RejectedExecutionException ex) {
				logger.debug("Closed: the parts are sent one after the other");
			}
		}

		@Override
		public void run() {
			for (KeptPart part = this.rest.poll(); part != null; part = this.rest.poll()) {
				try {
					if (this.error == null && UploadMove.this.upload.isMovable()) {
						send(this.there, part);
					}
				}
				catch (Throwable ex) {
					this.error = ex;
				}
				if (this.unfinished.decrementAndGet() == 0) {
					goOn();
				}
			}
		}

		private void goOn() {
			try {
				if (this.error != null) {
					failed(this.error);
				}
				else {
					sendMissing(this.there);
				}
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}

	}

}
