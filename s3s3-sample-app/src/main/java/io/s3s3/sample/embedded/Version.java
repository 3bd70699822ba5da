package io.s3s3.sample.embedded;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a location holds under a key, or that it was deleted there, and since when.
 *
 * @param etag identifies the content, {@code null} if there is none
 * @param since when that became so, at the earliest
 */
record Version(@Nullable String etag, Instant since) {

	/**
	 * Nothing was ever seen under the key.
	 */
	static final Version NONE = new Version(null, Instant.MIN);

	boolean isDeletion() {
		return this.etag == null;
	}

	boolean hasContentOf(Version other) {
		return Objects.equals(this.etag, other.etag);
	}

	// Of two that are equally old, the deletion wins.
	boolean isNewerThan(Version other) {
		int order = this.since.compareTo(other.since);
		return order > 0 || (order == 0 && isDeletion());
	}

	/**
	 * Return what takes the place of this version. It is the newer of the two even if the
	 * clock can't tell them apart.
	 * @param etag identifies the content, {@code null} if there is none
	 * @param since when that became so, at the earliest
	 * @return the next version
	 */
	Version next(@Nullable String etag, Instant since) {
		Instant after = this.since.plusNanos(1);
		return new Version(etag, since.isBefore(after) ? after : since);
	}

}
