package io.s3s3.routing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Remembers how far a listing had come when a location issued a continuation token, so
 * that another location can go on from there: a token means something to its issuer only,
 * a key means the same everywhere. Bounded, thread-safe.
 */
final class ListingMemory {

	private static final int MAX_LISTINGS = 10_000;

	private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

	/** The last character there is: S3 lists keys in the order of their UTF-8 bytes. */
	private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

	private final Cache<Listing, Cursor> cursors = Caffeine.newBuilder()
		.maximumSize(MAX_LISTINGS)
		.expireAfterAccess(FORGOTTEN_AFTER)
		.build();

	void remember(ListObjectsV2Request request, ListObjectsV2Response page, LocationRole issuer) {
		String token = page.nextContinuationToken();
		// Keys that the caller asked to have encoded are no keys to start after.
		if (token == null || request.encodingType() != null) {
			return;
		}
		String lastKey = lastKeyOf(page);
		if (lastKey != null) {
			this.cursors.put(new Listing(token, request.prefix(), request.delimiter()), new Cursor(issuer, lastKey));
		}
	}

	@Nullable LocationRole issuerOf(ListObjectsV2Request request) {
		Cursor cursor = this.cursors.getIfPresent(listingOf(request));
		return (cursor != null) ? cursor.issuer() : null;
	}

	ListObjectsV2Request translate(ListObjectsV2Request request, LocationRole location) {
		Cursor cursor = this.cursors.getIfPresent(listingOf(request));
		return (cursor == null || cursor.issuer() == location) ? request
				: request.toBuilder().continuationToken(null).startAfter(cursor.lastKey()).build();
	}

	private static Listing listingOf(ListObjectsV2Request request) {
		return new Listing(request.continuationToken(), request.prefix(), request.delimiter());
	}

	private static @Nullable String lastKeyOf(ListObjectsV2Response page) {
		List<S3Object> objects = page.contents();
		List<CommonPrefix> prefixes = page.commonPrefixes();
		String key = objects.isEmpty() ? null : objects.get(objects.size() - 1).key();
		if (prefixes.isEmpty()) {
			return key;
		}
		// Behind all keys of the prefix, or the next page would begin with it again.
		String prefix = prefixes.get(prefixes.size() - 1).prefix() + LAST_CHARACTER;
		return (key == null || isBefore(key, prefix)) ? prefix : key;
	}

	private static boolean isBefore(String key, String other) {
		return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) < 0;
	}

	/**
	 * A token, and what it lists: some services make it of the last key alone.
	 */
	private record Listing(String token, @Nullable String prefix, @Nullable String delimiter) {

	}

	/**
	 * How far a listing had come.
	 */
	private record Cursor(LocationRole issuer, String lastKey) {

	}

}
