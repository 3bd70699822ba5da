package io.s3s3.consistency;

import org.jspecify.annotations.Nullable;

/**
 * Finds what a request names in a bucket, and checks its conditions. Stateless.
 *
 * @param bucket the bucket
 * @param answers makes the errors
 */
record StoreLookup(SimulatedBucket bucket, StoreAnswers answers) {

	/**
	 * Find an object.
	 * @param id its version, {@code null} for the current one
	 */
	StoredVersion find(String key, @Nullable String id) {
		if (id != null && this.bucket.isVersioned()) {
			return findVersion(key, id);
		}
		StoredVersion current = this.bucket.current(key);
		if (current == null || current.isMarker()) {
			throw this.answers.missing(this.bucket.isVersioned() ? current : null);
		}
		return current;
	}

	private StoredVersion findVersion(String key, String id) {
		StoredVersion version = this.bucket.version(key, id);
		if (version == null) {
			throw this.answers.error(404, "NoSuchVersion");
		}
		if (version.isMarker()) {
			throw this.answers.error(405, "MethodNotAllowed");
		}
		return version;
	}

	/**
	 * Require what a read wants of an object.
	 */
	void requireMatch(StoredVersion version, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
		if (ifMatch != null && !isSame(ifMatch, version)) {
			throw this.answers.error(412, "PreconditionFailed");
		}
		if (ifNoneMatch != null && isSame(ifNoneMatch, version)) {
			throw this.answers.error(304, null);
		}
	}

	/**
	 * Require what a write wants to be there before it.
	 */
	void requireCondition(String key, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
		if (ifMatch != null) {
			requireMatch(find(key, null), ifMatch, null);
		}
		if (ifNoneMatch != null && this.bucket.content(key) != null) {
			throw this.answers.error(412, "PreconditionFailed");
		}
	}

	private static boolean isSame(String eTag, StoredVersion version) {
		return eTag.replace("\"", "").equals(version.eTag().replace("\"", ""));
	}

}
