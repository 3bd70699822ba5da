package io.s3s3.internal.consistency;

import org.jspecify.annotations.Nullable;

/**
 * What tells one state of an object from another. Immutable.
 *
 * @param versionId the version id, {@code null} where there is none
 * @param eTag the ETag, {@code null} where it is not known
 */
record ObjectIdentity(@Nullable String versionId, @Nullable String eTag) {

	static final ObjectIdentity UNKNOWN = new ObjectIdentity(null, null);

	/**
	 * Create an identity from an answer. The version id "null" is that of an object that
	 * was stored without versioning, and that each write replaces.
	 */
	static ObjectIdentity of(@Nullable String versionId, @Nullable String eTag) {
		boolean versioned = versionId != null && !versionId.isEmpty() && !"null".equals(versionId);
		return new ObjectIdentity(versioned ? versionId : null, opaque(eTag));
	}

	/**
	 * Return an ETag without what differs between servers: quotes and weakness.
	 */
	static @Nullable String opaque(@Nullable String eTag) {
		if (eTag == null) {
			return null;
		}
		String text = (eTag.startsWith("W/")) ? eTag.substring(2) : eTag;
		boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
		String opaque = quoted ? text.substring(1, text.length() - 1) : text;
		return opaque.isEmpty() ? null : opaque;
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
