package io.s3s3.internal.route;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

import org.springframework.util.function.SingletonSupplier;

/**
 * Remembers which location took the last write of what belongs to an object: its tags,
 * access control list, retention, legal hold and annotations. They are read there, since
 * it is not known whether they have arrived elsewhere. Bounded, thread-safe.
 */
final class AttributeMemory {

	private static final int MAX_ATTRIBUTES = 10_000;

	private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(30);

	/** What a request writes, by the name of its type. */
	private static final Map<String, String> WRITES = Map.of("PutObjectTaggingRequest", "Tagging",
			"DeleteObjectTaggingRequest", "Tagging", "PutObjectAclRequest", "Acl", "PutObjectRetentionRequest",
			"Retention", "PutObjectLegalHoldRequest", "LegalHold", "PutObjectAnnotationRequest", "Annotation",
			"DeleteObjectAnnotationRequest", "Annotation");

	private static final Map<String, String> READS = Map.of("GetObjectTagging", "Tagging", "GetObjectAcl", "Acl",
			"GetObjectRetention", "Retention", "GetObjectLegalHold", "LegalHold", "GetObjectAnnotation", "Annotation",
			"ListObjectAnnotations", "Annotation");

	private final Supplier<Cache<Attribute, LocationRole>> holders = SingletonSupplier
		.of(() -> Caffeine.newBuilder().maximumSize(MAX_ATTRIBUTES).expireAfterWrite(FORGOTTEN_AFTER).build());

	/**
	 * Return which location took the last write of what an operation reads.
	 * @param operation the name of the operation, such as {@code GetObjectTagging}
	 * @param key the key of the object
	 * @return the location, or {@code null} if that is not known
	 */
	@Nullable LocationRole holderOf(String operation, @Nullable String key) {
		String attribute = READS.get(operation);
		return (attribute != null && key != null) ? this.holders.get().getIfPresent(new Attribute(attribute, key))
				: null;
	}

	/**
	 * Remember that a location has taken a write.
	 */
	void written(S3Request request, LocationRole location) {
		String attribute = WRITES.get(request.getClass().getSimpleName());
		if (attribute != null) {
			request.getValueForField("Key", String.class)
				.ifPresent((key) -> this.holders.get().put(new Attribute(attribute, key), location));
		}
		else if (!this.holders.get().asMap().isEmpty()) {
			forgetThoseOf(keyWrittenBy(request));
		}
	}

	/**
	 * Return the key of an object that a request replaces, with all that belongs to it.
	 */
	private static @Nullable String keyWrittenBy(S3Request request) {
		if (request instanceof PutObjectRequest put) {
			return put.key();
		}
		if (request instanceof CopyObjectRequest copy) {
			return copy.destinationKey();
		}
		return (request instanceof CompleteMultipartUploadRequest complete) ? complete.key() : null;
	}

	private void forgetThoseOf(@Nullable String key) {
		if (key != null) {
			READS.values().forEach((name) -> this.holders.get().invalidate(new Attribute(name, key)));
		}
	}

	/**
	 * What belongs to an object.
	 */
	private record Attribute(String name, String key) {

	}

}
