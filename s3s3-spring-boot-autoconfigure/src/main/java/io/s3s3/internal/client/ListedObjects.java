package io.s3s3.internal.client;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * All objects of a listing, fetched page by page as they are requested. Not thread-safe.
 */
public final class ListedObjects implements Iterator<S3Object> {

	private final ListedPages listing;

	private final Pages pages;

	private Iterator<S3Object> page = Collections.emptyIterator();

	private ListedObjects(ListObjectsV2Request first, Pages pages) {
		this.listing = new ListedPages(first);
		this.pages = pages;
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
		while (!this.page.hasNext()) {
			ListObjectsV2Request next = this.listing.next();
			if (next == null) {
				return false;
			}
			this.page = this.listing.take(this.pages.fetch(next)).iterator();
		}
		return true;
	}

	@Override
	public S3Object next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return this.page.next();
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
