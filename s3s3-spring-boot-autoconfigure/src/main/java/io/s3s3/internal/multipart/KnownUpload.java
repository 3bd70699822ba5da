package io.s3s3.internal.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.text.ErrorCode;
import io.s3s3.internal.upload.SentBody;
import io.s3s3.internal.upload.SentContent;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A call about an upload that this process began.
 */
final class KnownUpload extends UploadPassage {

	private static final Logger logger = LoggerFactory.getLogger(KnownUpload.class);

	private final PortableUploads uploads;

	private final PortableUpload upload;

	/** The request as the caller made it. */
	private final S3Request request;

	KnownUpload(PortableUploads uploads, PortableUpload upload, S3Request request) {
		this.uploads = uploads;
		this.upload = upload;
		this.request = request;
	}

	@Override
	public Route route(Router router, String operation, S3Request request) {
		return router.routeUpload(request, this.upload.location(), maySurvive());
	}

	/**
	 * Return whether the call may continue at the other location. An upload does not move
	 * just to be aborted, nor if the call is about parts that another process sent.
	 */
	private boolean maySurvive() {
		if (this.request instanceof CompleteMultipartUploadRequest complete) {
			return this.upload.isKeepingParts() && this.upload.keeps(UploadTranslation.partsOf(complete));
		}
		return (this.request instanceof ListPartsRequest) ? this.upload.isKeepingParts()
				: this.upload.isMovable() && !(this.request instanceof AbortMultipartUploadRequest);
	}

	@Override
	public CompletableFuture<Visit> visit(Location location) {
		return this.upload.bringTo(location).handle((moved, error) -> {
			if (error != null) {
				// Everybody who waits for the same move gets a separate exception.
				throw new CompletionException(SdkClientException.create(
						"The upload cannot continue at the %s location".formatted(location.role()),
						CompletionErrors.causeOf(error)));
			}
			return new KnownVisit(this.upload.enter(location));
		});
	}

	/**
	 * If an upload that may have been completed, even by an earlier call, is gone, let it
	 * be completed at the other location: that stores the same bytes under the same key.
	 */
	@Override
	public Failure refine(Failure failure, Throwable error) {
		if (!(this.request instanceof CompleteMultipartUploadRequest)) {
			return failure;
		}
		boolean tried = this.upload.isPossiblyCompleted()
				|| (error instanceof SdkException ex && ex.numAttempts() != null && ex.numAttempts() > 1);
		if (tried && "NoSuchUpload".equals(ErrorCode.of(error))) {
			return Failure.ofSetup(FailureKind.UNEXPECTED, Effect.UNKNOWN);
		}
		if (failure.effect() == Effect.UNKNOWN) {
			this.upload.possiblyCompleted();
		}
		return failure;
	}

	/**
	 * Uses the id and the ETags of one location.
	 */
	private final class KnownVisit implements Visit {

		private final Incarnation there;

		private final AtomicBoolean open = new AtomicBoolean(true);

		KnownVisit(Incarnation there) {
			this.there = there;
		}

		@Override
		public S3Request translate(S3Request request) {
			S3Request translated = UploadTranslation.withId(request, this.there.realId());
			return (translated instanceof CompleteMultipartUploadRequest complete)
					? UploadTranslation.withETags(complete, this::eTagFor) : translated;
		}

		private @Nullable String eTagFor(int number, @Nullable String told) {
			return KnownUpload.this.upload.eTagFor(this.there, number, told);
		}

		private @Nullable String toldFor(int number, @Nullable String eTag) {
			return KnownUpload.this.upload.toldFor(this.there, number, eTag);
		}

		@Override
		public S3Response answered(S3Response response, @Nullable SentBody body) {
			if (response instanceof ListPartsResponse page) {
				return UploadTranslation.page(page, KnownUpload.this.upload.id(), this::toldFor);
			}
			if (response instanceof UploadPartResponse part && body instanceof SentContent content) {
				keep((UploadPartRequest) KnownUpload.this.request, PartTag.of(part.eTag(), part), content);
			}
			else if (response instanceof UploadPartCopyResponse copy) {
				keep((UploadPartCopyRequest) KnownUpload.this.request, copy);
			}
			else if (response instanceof CompleteMultipartUploadResponse) {
				KnownUpload.this.uploads.completed(KnownUpload.this.upload, this.there,
						(CompleteMultipartUploadRequest) KnownUpload.this.request,
						new Answer(this.there.location(), response));
			}
			else if (KnownUpload.this.request instanceof AbortMultipartUploadRequest) {
				KnownUpload.this.uploads.ended(KnownUpload.this.upload, this.there);
			}
			return response;
		}

		private void keep(UploadPartRequest request, PartTag tag, SentContent content) {
			if (!KnownUpload.this.upload.isMovable()) {
				return;
			}
			if (!KnownUpload.this.uploads.mayKeep(request)) {
				bind(PortableUploads.SECRETS);
				return;
			}
			Long told = request.contentLength();
			long length = (told != null) ? Math.min(told, content.size()) : content.size();
			try (InputStream bytes = content.reopen()) {
				long begin = KnownUpload.this.upload.bytes().write(bytes, length);
				if (begin < 0) {
					bind("more bytes than s3s3.transfer.kept-parts-limit would be kept");
				}
				else {
					keep(new KeptPart(request.partNumber(), request, tag, begin, length));
				}
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("A part is not kept", ex);
				bind("a part could not be kept in s3s3.transfer.directory");
			}
		}

		private void keep(UploadPartCopyRequest request, UploadPartCopyResponse response) {
			if (!KnownUpload.this.uploads.mayRepeat(request) || response.copyPartResult() == null) {
				bind("a part was copied from where the other location cannot copy it");
				return;
			}
			keep(new KeptPart(request.partNumber(), request,
					PartTag.of(response.copyPartResult().eTag(), response.copyPartResult()), 0, 0));
		}

		private void keep(KeptPart part) {
			KnownUpload.this.upload.keep(part, this.there);
		}

		private void bind(String reason) {
			if (KnownUpload.this.upload.bind()) {
				bound(reason);
			}
		}

		/**
		 * An upload that could not be aborted is aborted later.
		 */
		@Override
		public void failed(Throwable error) {
			if (KnownUpload.this.request instanceof AbortMultipartUploadRequest) {
				KnownUpload.this.uploads.ended(KnownUpload.this.upload, null);
			}
		}

		@Override
		public void close() {
			if (this.open.compareAndSet(true, false)) {
				KnownUpload.this.upload.exit(this.there);
			}
		}

	}

}
