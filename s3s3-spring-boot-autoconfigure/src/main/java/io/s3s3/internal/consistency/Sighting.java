package io.s3s3.internal.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.s3s3.internal.consistency.OwnWrite.Span;
import org.jspecify.annotations.Nullable;

/**
 * What an answer shows of an object. Immutable.
 *
 * @param present whether there is an object
 * @param identity its state; if there is none, that of the marker that deleted it
 * @param lastModified when it was written, by the clock of a location; {@code null} if
 * the answer does not tell
 * @param time when it was seen, {@code null} if the location does not tell
 */
record Sighting(boolean present, ObjectIdentity identity, @Nullable Instant lastModified, @Nullable ServerTime time) {

	/** Last-Modified and Date have whole seconds. */
	private static final Duration ROUNDING = Duration.ofSeconds(2);

	static Sighting absent(@Nullable String marker) {
		return new Sighting(false, ObjectIdentity.of(marker, null), null, null);
	}

	/**
	 * Return what is shown by "not modified".
	 * @param eTag the ETag that the caller has
	 */
	static Sighting unchanged(String eTag) {
		return new Sighting(true, ObjectIdentity.of(null, eTag), null, null);
	}

	/**
	 * Return whether the object was written after a write ended, as far as clocks can
	 * prove it.
	 * @param write the write
	 */
	boolean isProvablyAfter(Span write) {
		ServerTime written = write.time();
		if (this.lastModified == null || this.time == null || written == null) {
			return false;
		}
		Duration skew = ServerTime.skew(this.time, written);
		return skew != null
				&& this.lastModified.isAfter(Objects.requireNonNull(written.instant()).plus(ROUNDING).plus(skew));
	}

	/**
	 * Return whether the object was written before a write began, as far as clocks can
	 * prove it. The time of an object that came in parts may be that of their beginning.
	 * @param write the write
	 */
	boolean isProvablyBefore(Span write) {
		ServerTime written = write.time();
		if (this.lastModified == null || this.time == null || written == null || this.identity.isOfParts()) {
			return false;
		}
		Duration skew = ServerTime.skew(this.time, written);
		return skew != null && this.lastModified
			.isBefore(Objects.requireNonNull(written.instant()).minusNanos(write.nanos()).minus(ROUNDING).minus(skew));
	}

}
