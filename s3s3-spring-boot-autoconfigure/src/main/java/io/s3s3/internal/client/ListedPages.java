package io.s3s3.internal.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The pages of a listing, one after the other. S3 lists keys in the order of their UTF-8
 * bytes, which shows whether a page continues the listing: a service that ignores where a
 * page should begin would otherwise be listed forever. Not thread-safe.
 */
final class ListedPages {

	private final ListObjectsV2Request first;

	/** The request for the next page, or null after the last one. */
	private @Nullable ListObjectsV2Request next;

	private @Nullable String lastKey;

	/** The tokens that were used since the last page with a key. */
	private final Set<String> tokens = new HashSet<>();

	ListedPages(ListObjectsV2Request first) {
		this.first = first;
		this.next = first;
	}

	/**
	 * Return the request for the next page.
	 * @return the request, or {@code null} if there is no other page
	 */
	@Nullable ListObjectsV2Request next() {
		return this.next;
	}

	/**
	 * Accept the next page.
	 * @param page the page
	 * @return its objects, except one that was listed before
	 * @throws SdkClientException if the page does not continue where the one before ended
	 */
	List<S3Object> take(ListObjectsV2Response page) {
		boolean truncated = Boolean.TRUE.equals(page.isTruncated());
		List<S3Object> objects = page.contents();
		requireOrder(objects, truncated);
		// Some services repeat the key that a page should begin after.
		if (!objects.isEmpty() && objects.get(0).key().equals(this.lastKey)) {
			objects = objects.subList(1, objects.size());
		}
		if (!objects.isEmpty()) {
			this.lastKey = objects.get(objects.size() - 1).key();
			this.tokens.clear();
		}
		this.next = truncated ? requestAfter(page) : null;
		return objects;
	}

	private ListObjectsV2Request requestAfter(ListObjectsV2Response response) {
		String token = response.nextContinuationToken();
		if (token != null && this.tokens.add(token)) {
			return this.first.toBuilder().continuationToken(token).build();
		}
		if (token != null || response.contents().isEmpty()) {
			throw SdkClientException
				.create("The listing cannot continue: there should be more keys, but the page does not say where");
		}
		String last = response.contents().get(response.contents().size() - 1).key();
		return this.first.toBuilder().startAfter(last).build();
	}

	private void requireOrder(List<S3Object> objects, boolean truncated) {
		String last = this.lastKey;
		if (last == null || objects.isEmpty()) {
			return;
		}
		boolean advances = isBefore(last, objects.get(objects.size() - 1).key());
		if (isBefore(objects.get(0).key(), last) || (truncated && !advances)) {
			throw SdkClientException
				.create("The listing cannot continue: a page does not begin after the last key of the page before");
		}
	}

	private static boolean isBefore(String key, String other) {
		return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) < 0;
	}

}
