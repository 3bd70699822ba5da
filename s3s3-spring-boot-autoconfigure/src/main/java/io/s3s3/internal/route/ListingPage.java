package io.s3s3.internal.route;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A page of a listing after the first: the tokens that request it, and what is listed,
 * since some services derive their tokens from the last key alone.
 *
 * @param token the token or the marker
 * @param detail the second half of a marker
 * @param listing what is listed
 */
record ListingPage(String token, @Nullable String detail, Listing listing) {

	/** What requests a page after the first. */
	private static final Set<String> TOKENS = Set.of("ContinuationToken", "Marker", "KeyMarker");

	/** Whether a type of request is answered in pages. */
	private static final RequestFields<Boolean> PAGED = new RequestFields<>(
			(fields) -> fields.stream().map(SdkField::memberName).anyMatch(TOKENS::contains));

	/**
	 * Return the page that a request asks for.
	 * @return the page, or {@code null} if it is the first, or is requested by a key
	 */
	static @Nullable ListingPage of(S3Request request) {
		if (!hasPages(request)) {
			return null;
		}
		String token = valueOf(request, "ContinuationToken");
		if (token == null && request instanceof ListObjectsRequest list) {
			token = list.marker();
		}
		if (token != null) {
			return of(request, token, null);
		}
		String detail = detailOf(request);
		String marker = valueOf(request, "KeyMarker");
		return (detail != null && marker != null) ? of(request, marker, detail) : null;
	}

	/**
	 * Return the page after another one.
	 * @return the page, or {@code null} if there is none, or if it will be requested by a
	 * key
	 */
	static @Nullable ListingPage after(S3Request request, S3Response page) {
		if (!hasPages(request)) {
			return null;
		}
		String token = valueOf(page, "NextContinuationToken");
		if (token == null && page instanceof ListObjectsResponse list) {
			token = ListedKeys.endsAt(list, list.nextMarker()) ? null : list.nextMarker();
		}
		if (token != null) {
			return of(request, token, null);
		}
		String detail = valueOf(page, "NextVersionIdMarker");
		detail = (detail != null) ? detail : valueOf(page, "NextUploadIdMarker");
		String marker = valueOf(page, "NextKeyMarker");
		return (detail != null && marker != null) ? of(request, marker, detail) : null;
	}

	/**
	 * Return whether only the location that issued the token is sure to know the page.
	 */
	static boolean needsIssuer(S3Request request) {
		return hasPages(request) && (valueOf(request, "ContinuationToken") != null || detailOf(request) != null);
	}

	/**
	 * Return whether the page can also be requested by a key.
	 */
	static boolean hasKey(S3Request request) {
		return request instanceof ListObjectsV2Request || request instanceof ListObjectsRequest;
	}

	private static boolean hasPages(S3Request request) {
		return PAGED.of(request);
	}

	private static ListingPage of(S3Request request, String token, @Nullable String detail) {
		return new ListingPage(token, detail, new Listing(request.getClass(), valueOf(request, "Prefix"),
				valueOf(request, "Delimiter"), valueOf(request, "Key")));
	}

	private static @Nullable String detailOf(S3Request request) {
		String version = valueOf(request, "VersionIdMarker");
		return (version != null) ? version : valueOf(request, "UploadIdMarker");
	}

	private static @Nullable String valueOf(S3Request request, String member) {
		return request.getValueForField(member, String.class).orElse(null);
	}

	private static @Nullable String valueOf(S3Response response, String member) {
		return response.getValueForField(member, String.class).orElse(null);
	}

	/**
	 * The listing that a page belongs to.
	 *
	 * @param type the kind of listing
	 * @param prefix the prefix of the keys
	 * @param delimiter what the keys are grouped by
	 * @param key the object whose parts are listed
	 */
	private record Listing(Class<?> type, @Nullable String prefix, @Nullable String delimiter, @Nullable String key) {

	}

}
