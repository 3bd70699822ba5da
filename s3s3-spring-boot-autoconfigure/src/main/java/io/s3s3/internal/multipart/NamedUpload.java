package io.s3s3.internal.multipart;

import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.SentBody;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call about an upload that this process knows only by its id: it is bound to the
 * location that issued the real id.
 */
final class NamedUpload extends UploadPassage {

	private final UploadId id;

	private final Location issuer;

	NamedUpload(UploadId id, Location issuer) {
		this.id = id;
		this.issuer = issuer;
	}

	@Override
	public Route route(Router router, String operation, S3Request request) {
		return router.routeUpload(request, this.issuer, false);
	}

	@Override
	public CompletableFuture<Visit> visit(Location location) {
		return CompletableFuture.completedFuture(new NamedVisit());
	}

	/**
	 * Replaces the id.
	 */
	private final class NamedVisit implements Visit {

		@Override
		public S3Request translate(S3Request request) {
			return UploadTranslation.withId(request, NamedUpload.this.id.realId());
		}

		@Override
		public S3Response answered(S3Response response, @Nullable SentBody body) {
			return (response instanceof ListPartsResponse page)
					? UploadTranslation.page(page, NamedUpload.this.id.toString(), (number, eTag) -> null) : response;
		}

	}

}
