package io.s3s3.internal.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * All objects of a listing, fetched page by page as they are asked for. S3 lists keys in
 * the order of their UTF-8 bytes, which tells a page that goes on from one that does not:
 * a service that forgets where a page was to begin would otherwise be listed for ever.
 * Not thread-safe.
 */
public final class ListedObjects implements Iterator<S3Object> {

	private final ListObjectsV2Request first;

	private final Pages pages;

	private Iterator<S3Object> page = Collections.emptyIterator();

	/** What asks for the next page, null behind the last. */
	private @Nullable ListObjectsV2Request next;

	private @Nullable S3Object object;

	private @Nullable String lastKey;

	/** The tokens that were asked with since a page brought a key. */
	private final Set<String> tokens = new HashSet<>();

	private ListedObjects(ListObjectsV2Request first, Pages pages) {
		this.first = first;
		this.pages = pages;
		this.next = first;
	}

	/**
	 * Return the objects of a listing.
	 * @param first the request for its first page
	 * @param pages fetches a page
	 * @return the objects
	 */
	public static Stream<S3Object> stream(ListObjectsV2Request first, Pages pages) {
		return StreamSupport.stream(() -> Spliterators.spliteratorUnknownSize(new ListedObjects(first, pages), 0), 0,
				false);
	}

	@Override
	public boolean hasNext() {
		while (this.object == null) {
			if (this.page.hasNext()) {
				accept(this.page.next());
			}
			else if (this.next != null) {
				fetch(this.next);
			}
			else {
				return false;
			}
		}
		return true;
	}

	@Override
	public S3Object next() {
		S3Object next = hasNext() ? this.object : null;
		if (next == null) {
			throw new NoSuchElementException();
		}
		this.object = null;
		return next;
	}

	// Some services list again the key that a page is to begin behind.
	private void accept(S3Object object) {
		if (!object.key().equals(this.lastKey)) {
			this.object = object;
			this.lastKey = object.key();
			this.tokens.clear();
		}
	}

	private void fetch(ListObjectsV2Request request) {
		ListObjectsV2Response response = this.pages.fetch(request);
		boolean truncated = Boolean.TRUE.equals(response.isTruncated());
		requireOrder(response.contents(), truncated);
		this.page = response.contents().iterator();
		this.next = truncated ? requestAfter(response) : null;
	}

	private ListObjectsV2Request requestAfter(ListObjectsV2Response response) {
		String token = response.nextContinuationToken();
		if (token != null && this.tokens.add(token)) {
			return this.first.toBuilder().continuationToken(token).build();
		}
		if (token != null || response.contents().isEmpty()) {
			throw SdkClientException.create("The listing does not go on: there is to be more, but not where");
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
				.create("The listing does not go on: a page does not begin behind the last key of the page before");
		}
	}

	private static boolean isBefore(String key, String other) {
		return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) < 0;
	}

	/**
	 * Fetches a page.
	 */
	@FunctionalInterface
	public interface Pages {

		/**
		 * Fetch a page.
		 * @param request the request for it
		 * @return the page
		 */
		ListObjectsV2Response fetch(ListObjectsV2Request request);

	}

}
