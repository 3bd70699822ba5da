package io.s3s3.internal.multipart;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Replaces ids and ETags in requests and answers about uploads. Stateless.
 */
abstract class UploadTranslation {

	/**
	 * Return a request about another upload.
	 * @param id the id of the upload
	 */
	@SuppressWarnings("unchecked") // it has the same type
	static <R extends S3Request> R withId(R request, String id) {
		S3Request translated = request;
		if (request instanceof UploadPartRequest part) {
			translated = part.toBuilder().uploadId(id).build();
		}
		else if (request instanceof UploadPartCopyRequest copy) {
			translated = copy.toBuilder().uploadId(id).build();
		}
		else if (request instanceof CompleteMultipartUploadRequest complete) {
			translated = complete.toBuilder().uploadId(id).build();
		}
		else if (request instanceof AbortMultipartUploadRequest abort) {
			translated = abort.toBuilder().uploadId(id).build();
		}
		else if (request instanceof ListPartsRequest list) {
			translated = list.toBuilder().uploadId(id).build();
		}
		return (R) translated;
	}

	static @Nullable String idOf(S3Request request) {
		return request.getValueForField("UploadId", String.class).orElse(null);
	}

	static @Nullable String keyOf(S3Request request) {
		return request.getValueForField("Key", String.class).orElse(null);
	}

	/**
	 * Return the parts that a request to complete an upload names.
	 */
	static List<CompletedPart> partsOf(CompleteMultipartUploadRequest request) {
		return (request.multipartUpload() != null) ? request.multipartUpload().parts() : List.of();
	}

	/**
	 * Replace the ETags of parts.
	 * @param eTags returns another ETag for the number and the ETag of a part, or
	 * {@code null} to leave it
	 */
	static CompleteMultipartUploadRequest withETags(CompleteMultipartUploadRequest request,
			BiFunction<Integer, String, @Nullable String> eTags) {
		if (partsOf(request).isEmpty()) {
			return request;
		}
		List<CompletedPart> parts = partsOf(request).stream().map((part) -> {
			String eTag = (part.partNumber() != null) ? eTags.apply(part.partNumber(), part.eTag()) : null;
			return (eTag != null) ? part.toBuilder().eTag(eTag).build() : part;
		}).toList();
		return request.toBuilder().multipartUpload((upload) -> upload.parts(parts)).build();
	}

	/**
	 * Replace the id and the ETags of a page of parts.
	 */
	static ListPartsResponse page(ListPartsResponse page, String id,
			BiFunction<Integer, String, @Nullable String> eTags) {
		ListPartsResponse.Builder translated = page.toBuilder().uploadId(id);
		if (page.hasParts()) {
			translated.parts(page.parts().stream().map((part) -> withETag(part, eTags)).toList());
		}
		return translated.build();
	}

	private static Part withETag(Part part, BiFunction<Integer, String, @Nullable String> eTags) {
		String eTag = eTags.apply(part.partNumber(), part.eTag());
		return (eTag != null) ? part.toBuilder().eTag(eTag).build() : part;
	}

	/**
	 * Replace the ids of a page of uploads. The marker for the next page stays, since
	 * only the location reads it.
	 */
	static ListMultipartUploadsResponse page(ListMultipartUploadsResponse page, UnaryOperator<String> ids) {
		if (!page.hasUploads()) {
			return page;
		}
		return page.toBuilder()
			.uploads(page.uploads()
				.stream()
				.map((upload) -> (upload.uploadId() != null)
						? upload.toBuilder().uploadId(ids.apply(upload.uploadId())).build() : upload)
				.toList())
			.build();
	}

	/**
	 * Return a request for a page of uploads that begins after a real id.
	 */
	static S3Request withRealMarker(S3Request request) {
		if (request instanceof ListMultipartUploadsRequest list) {
			UploadId marker = UploadId.parse(list.uploadIdMarker());
			return (marker != null) ? list.toBuilder().uploadIdMarker(marker.realId()).build() : request;
		}
		return request;
	}

}
