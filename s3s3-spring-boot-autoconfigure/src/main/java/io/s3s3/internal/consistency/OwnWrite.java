package io.s3s3.internal.consistency;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A write of this process, or what is known of one. Immutable.
 *
 * @param kind what it did
 * @param location the location that took it
 * @param identity the state that it left; of a deletion, that of its marker
 * @param span when it was under way
 * @param source which process has told of it, {@code null} for this one
 */
record OwnWrite(Kind kind, LocationRole location, ObjectIdentity identity, Span span, @Nullable Source source) {

	OwnWrite(Kind kind, LocationRole location, ObjectIdentity identity, Span span) {
		this(kind, location, identity, span, null);
	}

	boolean isToldLater(Source source) {
		return this.source != null && isToldBy(source) && this.source.sequence() - source.sequence() > 0;
	}

	boolean isToldBy(Source source) {
		return this.source != null && this.source.origin() == source.origin();
	}

	boolean isAcknowledged() {
		return this.kind == Kind.PUT || this.kind == Kind.DELETE;
	}

	boolean isSighting() {
		return this.kind == Kind.SEEN_PUT || this.kind == Kind.SEEN_ABSENT;
	}

	boolean isTakenBack() {
		return this.kind == Kind.TAKEN_BACK;
	}

	/**
	 * Return this write after its version was deleted for good.
	 */
	OwnWrite takenBack() {
		return new OwnWrite(Kind.TAKEN_BACK, this.location, this.identity, this.span, this.source);
	}

	boolean isAbsence() {
		return this.kind == Kind.DELETE || this.kind == Kind.MAYBE_DELETE || this.kind == Kind.SEEN_ABSENT;
	}

	boolean isSameAs(OwnWrite other) {
		return this.identity.isSameAs(other.identity)
				|| (this.identity.equals(ObjectIdentity.UNKNOWN) && isNoOtherThan(other));
	}

	/**
	 * Return whether nothing tells this write from another.
	 */
	boolean isNoOtherThan(OwnWrite other) {
		return this.kind == other.kind && this.location == other.location && this.identity.equals(other.identity);
	}

	/**
	 * What a write did.
	 */
	enum Kind {

		PUT, DELETE,

		/** Nobody knows whether it took effect. */
		MAYBE_PUT, MAYBE_DELETE,

		/** Somebody else's, which the location of an own write has shown. */
		SEEN_PUT, SEEN_ABSENT,

		/** Any of these, whose version was deleted for good. */
		TAKEN_BACK

	}

	/**
	 * What another process has told.
	 *
	 * @param origin tells processes apart
	 * @param sequence orders what one of them has told
	 */
	record Source(long origin, long sequence) {

	}

	/**
	 * When a write was under way.
	 *
	 * @param began when it was sent, as {@link System#nanoTime()} counts
	 * @param ended when its outcome was known
	 * @param date its end by the clock of the location, {@code null} if that does not
	 * tell
	 * @param heard when this machine heard that, in milliseconds since the epoch
	 */
	record Span(long began, long ended, @Nullable String date, long heard) {

		Span(long began, long ended, @Nullable ServerTime time) {
			this(began, ended, (time != null) ? time.date() : null, (time != null) ? time.heard() : 0);
		}

		/**
		 * Return the time of its end by the clock of the location.
		 * @return the time, or {@code null} if the location does not tell
		 */
		@Nullable ServerTime time() {
			return (this.date != null) ? new ServerTime(this.date, this.heard) : null;
		}

		boolean isBefore(Span other) {
			return this.ended - other.began < 0;
		}

		long nanos() {
			return this.ended - this.began;
		}

	}

}
