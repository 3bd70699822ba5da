package io.s3s3.internal.route;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

import org.springframework.util.function.SingletonSupplier;

/**
 * Remembers which location knows an upload id. Bounded, thread-safe.
 */
final class UploadMemory {

	private static final int MAX_UPLOADS = 10_000;

	/** Parts may come days apart; S3 itself sets no limit. */
	private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

	/**
	 * Created lazily, like the other memories, because that takes time at startup.
	 */
	private final Supplier<Cache<String, Holder>> holders = SingletonSupplier
		.of(() -> Caffeine.newBuilder().maximumSize(MAX_UPLOADS).expireAfterAccess(FORGOTTEN_AFTER).build());

	void remember(@Nullable String uploadId, LocationRole issuer) {
		if (uploadId != null) {
			this.holders.get().put(uploadId, new Holder(issuer, true));
		}
	}

	/**
	 * Remember a location that accepted a request with an upload id of unknown origin.
	 */
	void learn(S3Request request, LocationRole location) {
		String uploadId = uploadIdOf(request);
		if (uploadId != null) {
			Holder holder = new Holder(location, false);
			this.holders.get()
				.asMap()
				.compute(uploadId, (id, known) -> (known != null && known.issued()) ? known : holder);
		}
	}

	@Nullable Holder holderOf(S3Request request) {
		String uploadId = uploadIdOf(request);
		return (uploadId != null) ? this.holders.get().getIfPresent(uploadId) : null;
	}

	static @Nullable String uploadIdOf(S3Request request) {
		return request.getValueForField("UploadId", String.class).orElse(null);
	}

	/**
	 * A location that knows an upload.
	 *
	 * @param issued whether it was seen to issue the id; otherwise it is only known to
	 * have accepted a request with it, which some services do with any id
	 */
	record Holder(LocationRole location, boolean issued) {

	}

}
