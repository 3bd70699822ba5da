package io.s3s3.internal.consistency;

import io.s3s3.internal.text.EntityTag;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of an object from another. Immutable.
 *
 * @param versionId the version id, {@code null} where there is none
 * @param eTag the strong ETag, {@code null} where it is not known
 */
record ObjectIdentity(@Nullable String versionId, @Nullable String eTag) {

	static final ObjectIdentity UNKNOWN = new ObjectIdentity(null, null);

	/**
	 * Create an identity from an answer. The version id "null" is that of an object that
	 * was stored without versioning, and that each write replaces.
	 */
	static ObjectIdentity of(@Nullable String versionId, @Nullable String eTag) {
		boolean versioned = versionId != null && !versionId.isEmpty() && !"null".equals(versionId);
		return new ObjectIdentity(versioned ? versionId : null, EntityTag.strong(eTag));
	}

	boolean hasVersionOf(ObjectIdentity other) {
		return this.versionId != null && this.versionId.equals(other.versionId);
	}

	boolean isSameAs(ObjectIdentity other) {
		return hasVersionOf(other) || hasETagOf(other);
	}

	boolean hasETagOf(ObjectIdentity other) {
		return this.eTag != null && this.eTag.equals(other.eTag);
	}

	/**
	 * Return whether the object was sent in parts. Its time may be that of their
	 * beginning.
	 */
	boolean isOfParts() {
		return this.eTag != null && this.eTag.indexOf('-') > 0;
	}

}
