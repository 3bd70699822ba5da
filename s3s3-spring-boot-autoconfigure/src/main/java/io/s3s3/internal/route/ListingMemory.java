package io.s3s3.internal.route;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

import org.springframework.util.function.SingletonSupplier;

/**
 * Remembers how far a listing had come when a location issued a token for its next page,
 * so that another location can continue there: a token only means something to its
 * issuer, a key means the same everywhere. Bounded, thread-safe.
 */
final class ListingMemory {

	private static final int MAX_LISTINGS = 10_000;

	private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

	private final Supplier<Cache<ListingPage, Cursor>> cursors = SingletonSupplier
		.of(() -> Caffeine.newBuilder().maximumSize(MAX_LISTINGS).expireAfterAccess(FORGOTTEN_AFTER).build());

	/**
	 * Return which location issued the token of a request.
	 * @return the location, or {@code null} if there is no token or it is not known
	 */
	@Nullable LocationRole issuerOf(S3Request request) {
		Cursor cursor = cursorOf(request);
		return (cursor != null) ? cursor.issuer() : null;
	}

	/**
	 * Return the request for a page as a location understands it: by a key, unless the
	 * location issued the token.
	 */
	S3Request translate(S3Request request, LocationRole location) {
		Cursor cursor = cursorOf(request);
		return (cursor == null || cursor.issuer() == location) ? request
				: ListedKeys.startingAfter(request, cursor.end());
	}

	/**
	 * Return the page without what earlier pages of other locations have listed. Some
	 * services repeat the key that a page should start after, and some always begin at
	 * the first key.
	 * @param request the request for the page
	 * @param location the location that answered
	 * @return the same page if none of it was listed before
	 * @throws SdkClientException if the page does not continue where the token was issued
	 */
	@Nullable Object withoutTold(S3Request request, LocationRole location, @Nullable Object response) {
		Cursor cursor = cursorOf(request);
		if (cursor == null) {
			return response;
		}
		String told = (cursor.issuer() == location) ? cursor.told() : cursor.end();
		if (told == null || !(response instanceof S3Response page)) {
			return response;
		}
		String last = ListedKeys.lastOf(page);
		if (cursor.issuer() == location && last != null && cursor.last() != null
				&& !ListedKeys.isBefore(cursor.last(), last)) {
			throw SdkClientException.create("Unable to parse the answer: it does not continue the listing");
		}
		return ListedKeys.after(told, page);
	}

	/**
	 * Remember how far a listing has come.
	 * @param request the request for a page
	 * @param issuer the location that issued the token for the next one, if there is any
	 */
	void remember(S3Request request, S3Response page, LocationRole issuer) {
		ListingPage next = ListingPage.after(request, page);
		if (next != null) {
			this.cursors.get().put(next, cursorAt(ListedKeys.lastOf(page), issuer, cursorOf(request)));
		}
	}

	private static Cursor cursorAt(@Nullable String last, LocationRole issuer, @Nullable Cursor before) {
		if (before == null) {
			return new Cursor(issuer, last, null);
		}
		String told = (before.issuer() == issuer) ? before.told() : before.end();
		if (last == null) {
			return new Cursor(issuer, (before.issuer() == issuer) ? before.last() : null, told);
		}
		return new Cursor(issuer, last, (told != null && ListedKeys.isBefore(last, told)) ? told : null);
	}

	private @Nullable Cursor cursorOf(S3Request request) {
		ListingPage page = ListingPage.of(request);
		return (page != null) ? this.cursors.get().getIfPresent(page) : null;
	}

	/**
	 * How far a listing has come.
	 *
	 * @param issuer the location whose page was the last
	 * @param last the last key of its page, or {@code null} if there was none yet
	 * @param told the last key on the pages of other locations, or {@code null} if the
	 * issuer has come as far
	 */
	private record Cursor(LocationRole issuer, @Nullable String last, @Nullable String told) {

		@Nullable String end() {
			return (this.told != null) ? this.told : this.last;
		}

	}

}
