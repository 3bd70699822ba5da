package io.s3s3.internal.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * The keys and common prefixes of a page of objects, in the order in which S3 lists them:
 * that of their UTF-8 bytes.
 */
abstract class ListedKeys {

	/** The last character of Unicode. */
	private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

	static boolean isBefore(String key, String other) {
		return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) < 0;
	}

	/**
	 * Return the last key or common prefix of a page.
	 * @return the key, or {@code null} if nothing is listed
	 */
	static @Nullable String lastOf(S3Response page) {
		List<S3Object> objects = objectsOf(page);
		List<CommonPrefix> prefixes = prefixesOf(page);
		String key = objects.isEmpty() ? null : objects.get(objects.size() - 1).key();
		if (prefixes.isEmpty()) {
			return key;
		}
		String prefix = endOf(prefixes.get(prefixes.size() - 1));
		return (key == null || isBefore(key, prefix)) ? prefix : key;
	}

	/**
	 * Return whether a page ends with a marker.
	 */
	static boolean endsAt(ListObjectsResponse page, @Nullable String marker) {
		List<S3Object> objects = page.contents();
		List<CommonPrefix> prefixes = page.commonPrefixes();
		return marker == null || (!objects.isEmpty() && marker.equals(objects.get(objects.size() - 1).key()))
				|| (!prefixes.isEmpty() && marker.equals(prefixes.get(prefixes.size() - 1).prefix()));
	}

	/**
	 * Return a request for what follows a key instead of a token.
	 */
	static S3Request startingAfter(S3Request request, @Nullable String key) {
		if (request instanceof ListObjectsV2Request list) {
			return list.toBuilder().continuationToken(null).startAfter((key != null) ? key : list.startAfter()).build();
		}
		return (request instanceof ListObjectsRequest list) ? list.toBuilder().marker(key).build() : request;
	}

	/**
	 * Return the part of a page that follows a key.
	 */
	static S3Response after(String key, S3Response page) {
		List<S3Object> objects = objectsOf(page).stream().filter((object) -> isBefore(key, object.key())).toList();
		List<CommonPrefix> prefixes = prefixesOf(page).stream()
			.filter((prefix) -> isBefore(key, endOf(prefix)))
			.toList();
		if (objects.size() == objectsOf(page).size() && prefixes.size() == prefixesOf(page).size()) {
			return page;
		}
		if (page instanceof ListObjectsV2Response list) {
			ListObjectsV2Response.Builder rest = list.toBuilder();
			return rest.contents(objects).commonPrefixes(prefixes).keyCount(objects.size() + prefixes.size()).build();
		}
		return ((ListObjectsResponse) page).toBuilder().contents(objects).commonPrefixes(prefixes).build();
	}

	/**
	 * Return a key after all keys of a prefix, so that the next page does not begin with
	 * that again.
	 */
	private static String endOf(CommonPrefix prefix) {
		return prefix.prefix() + LAST_CHARACTER;
	}

	static List<S3Object> objectsOf(S3Response page) {
		if (page instanceof ListObjectsV2Response list) {
			return list.contents();
		}
		return (page instanceof ListObjectsResponse list) ? list.contents() : List.of();
	}

	private static List<CommonPrefix> prefixesOf(S3Response page) {
		if (page instanceof ListObjectsV2Response list) {
			return list.commonPrefixes();
		}
		return (page instanceof ListObjectsResponse list) ? list.commonPrefixes() : List.of();
	}

}
