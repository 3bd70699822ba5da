package io.s3s3.sample.embedded;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a location holds under a key, or that it was deleted there, and since when.
 *
 * @param etag identifies the content, or {@code null} if there is none
 * @param since the earliest time from which that is so
 */
record Version(@Nullable String etag, Instant since) {

	/**
	 * Nothing has been seen under the key.
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
	 * Return the version that replaces this one. It is newer even if the clock cannot
	 * tell them apart.
	 * @param etag identifies the content, or {@code null} if there is none
	 * @param since the earliest time from which that is so
	 * @return the next version
	 */
	Version next(@Nullable String etag, Instant since) {
		Instant after = this.since.plusNanos(1);
		return new Version(etag, since.isBefore(after) ? after : since);
	}

}
