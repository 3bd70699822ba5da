package io.s3s3.internal.multipart;

import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.upload.SentBody;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call that lists uploads.
 */
final class UploadListing extends UploadPassage {

	private final PortableUploads uploads;

	UploadListing(PortableUploads uploads) {
		this.uploads = uploads;
	}

	@Override
	public CompletableFuture<Visit> visit(Location location) {
		return CompletableFuture.completedFuture(new Visit() {

			@Override
			public S3Request translate(S3Request request) {
				return UploadTranslation.withRealMarker(request);
			}

			@Override
			public S3Response answered(S3Response response, @Nullable SentBody body) {
				return (response instanceof ListMultipartUploadsResponse page)
						? UploadTranslation.page(page, UploadListing.this.uploads.idsAt(location)) : response;
			}

		});
	}

}
