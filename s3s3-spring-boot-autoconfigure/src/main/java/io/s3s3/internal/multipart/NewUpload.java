package io.s3s3.internal.multipart;

import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.upload.SentBody;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call that begins an upload.
 */
final class NewUpload extends UploadPassage {

	private final PortableUploads uploads;

	private final CreateMultipartUploadRequest request;

	NewUpload(PortableUploads uploads, CreateMultipartUploadRequest request) {
		this.uploads = uploads;
		this.request = request;
	}

	@Override
	public CompletableFuture<Visit> visit(Location location) {
		return CompletableFuture.completedFuture(new Visit() {

			@Override
			public S3Request translate(S3Request request) {
				return request;
			}

			@Override
			public S3Response answered(S3Response response, @Nullable SentBody body) {
				CreateMultipartUploadResponse begun = (CreateMultipartUploadResponse) response;
				return (begun.uploadId() != null)
						? begun.toBuilder().uploadId(NewUpload.this.begun(location, begun.uploadId())).build() : begun;
			}

		});
	}

	private String begun(Location location, String realId) {
		String obstacle = this.uploads.obstacleTo(this.request);
		if (obstacle != null) {
			bound(obstacle);
			return UploadId.of(location, realId);
		}
		String id = this.uploads.begun(this.request, location, realId);
		if (id.equals(realId)) {
			bound("its id is too long to be part of another one");
		}
		return id;
	}

}
