package io.s3s3.sample.embedded;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A location as the {@link Replicator} knows it: the versions it was seen to hold, and
 * the deletions. Not thread-safe.
 */
final class Replica {

	private final EmbeddedLocation location;

	private final Clock clock;

	private final Map<String, Version> versions = new HashMap<>();

	private Instant lastLook = Instant.EPOCH;

	Replica(EmbeddedLocation location, Clock clock) {
		this.location = location;
		this.clock = clock;
	}

	boolean isUp() {
		return this.location.isUp();
	}

	Set<String> keys() {
		return this.versions.keySet();
	}

	Version version(String key) {
		return this.versions.getOrDefault(key, Version.NONE);
	}

	void forget(String key) {
		this.versions.remove(key);
	}

	String name() {
		return this.location.bucket();
	}

	/**
	 * Find out what was written and deleted since the last look. S3 reports the time of a
	 * write in whole seconds and that of a deletion not at all: the time of the last
	 * look, which was before either, is more precise.
	 */
	void look() {
		Instant now = this.clock.instant();
		Set<String> missing = new HashSet<>(this.versions.keySet());
		// Encoded, since XML cannot hold every character that a key can.
		for (S3Object object : this.location.client()
			.listObjectsV2Paginator((request) -> request.bucket(name()).encodingType(EncodingType.URL))
			.contents()) {
			missing.remove(object.key());
			Instant since = later(object.lastModified(), this.lastLook);
			this.versions.merge(object.key(), new Version(object.eTag(), since),
					(known, seen) -> known.hasContentOf(seen) ? known : known.next(seen.etag(), since));
		}
		for (String key : missing) {
			this.versions.computeIfPresent(key,
					(same, known) -> known.isDeletion() ? known : known.next(null, this.lastLook));
		}
		this.lastLook = now;
	}

	/**
	 * Make this location hold what another one holds under a key.
	 * @param key the key
	 * @param source the other location
	 */
	void copyFrom(Replica source, String key) {
		Version version = source.version(key);
		if (version.isDeletion()) {
			this.location.client().deleteObject((request) -> request.bucket(name()).key(key));
			this.versions.put(key, version);
			return;
		}
		HeadObjectResponse object = source.location.client()
			.headObject((request) -> request.bucket(source.name()).key(key).ifMatch(version.etag()));
		// Reopened whenever the SDK retries, so that it need not be buffered.
		RequestBody content = RequestBody.fromContentProvider(
				() -> source.location.client()
					.getObject((request) -> request.bucket(source.name()).key(key).ifMatch(version.etag())),
				object.contentLength(), object.contentType());
		PutObjectResponse stored = this.location.client().putObject(copyOf(object, key), content);
		this.versions.put(key, new Version(stored.eTag(), version.since()));
	}

	private static Instant later(Instant first, Instant second) {
		return first.isAfter(second) ? first : second;
	}

	// The condition protects a write that the application has made meanwhile.
	private PutObjectRequest copyOf(HeadObjectResponse object, String key) {
		PutObjectRequest.Builder request = PutObjectRequest.builder()
			.bucket(name())
			.key(key)
			.contentType(object.contentType())
			.metadata(object.metadata());
		Version present = version(key);
		return present.isDeletion() ? request.ifNoneMatch("*").build() : request.ifMatch(present.etag()).build();
	}

}
