package io.s3s3.internal.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.pagination.async.AsyncPageFetcher;
import software.amazon.awssdk.core.pagination.async.ResponsesSubscription;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * All objects of a listing, fetched page by page as they are requested, separately for
 * each subscriber. Thread-safe.
 */
public final class PublishedObjects implements SdkPublisher<S3Object> {

	private final ListObjectsV2Request first;

	private final Function<ListObjectsV2Request, CompletableFuture<ListObjectsV2Response>> pages;

	/**
	 * Create a publisher.
	 * @param first the request for the first page
	 * @param pages fetches a page
	 */
	public PublishedObjects(ListObjectsV2Request first,
			Function<ListObjectsV2Request, CompletableFuture<ListObjectsV2Response>> pages) {
		this.first = first;
		this.pages = pages;
	}

	@Override
	public void subscribe(Subscriber<? super S3Object> subscriber) {
		Listing listing = new Listing(new ListedPages(this.first));
		SdkPublisher<Iterable<S3Object>> objects = (pages) -> pages
			.onSubscribe(ResponsesSubscription.builder().subscriber(pages).nextPageFetcher(listing).build());
		objects.flatMapIterable(Function.identity()).subscribe(subscriber);
	}

	/**
	 * The listing of one subscriber, which gets one signal at a time.
	 */
	private final class Listing implements AsyncPageFetcher<Iterable<S3Object>> {

		private final ListedPages listing;

		Listing(ListedPages listing) {
			this.listing = listing;
		}

		@Override
		public boolean hasNextPage(@Nullable Iterable<S3Object> page) {
			return this.listing.next() != null;
		}

		@Override
		public CompletableFuture<Iterable<S3Object>> nextPage(@Nullable Iterable<S3Object> page) {
			return PublishedObjects.this.pages.apply(Objects.requireNonNull(this.listing.next()))
				.thenApply(this.listing::take);
		}

	}

}
