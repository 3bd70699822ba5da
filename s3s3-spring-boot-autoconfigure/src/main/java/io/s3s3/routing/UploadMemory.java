package io.s3s3.routing;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Remembers which location issued an upload id. Bounded, thread-safe.
 */
final class UploadMemory {

	private static final int MAX_UPLOADS = 10_000;

	/** Parts may come days apart; S3 itself sets no limit. */
	private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

	private final Cache<String, LocationRole> issuers = Caffeine.newBuilder()
		.maximumSize(MAX_UPLOADS)
		.expireAfterAccess(FORGOTTEN_AFTER)
		.build();

	void remember(@Nullable String uploadId, LocationRole issuer) {
		if (uploadId != null) {
			this.issuers.put(uploadId, issuer);
		}
	}

	@Nullable LocationRole issuerOf(S3Request request) {
		String uploadId = request.getValueForField("UploadId", String.class).orElse(null);
		return (uploadId != null) ? this.issuers.getIfPresent(uploadId) : null;
	}

}
