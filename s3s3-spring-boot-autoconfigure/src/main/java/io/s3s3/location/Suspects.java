package io.s3s3.location;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether what went wrong lately can be put down to one request. It can't when only
 * the location is to blame for some of it, or when it happened to two subjects. Of
 * subjects no more than one hash is kept. Thread-safe.
 */
final class Suspects {

	private static final long NEVER = -1;

	/** Guarded by "this", as all that follows. */
	private int subject;

	/** The number of the last call that went wrong with the subject. */
	private long subjectAt = NEVER;

	/** The number of the last call that went wrong without it. */
	private long otherAt = NEVER;

	/**
	 * Add a call that went wrong.
	 * @param call its number, from 0
	 * @param subject what of it may be to blame, {@code null} if only the location can be
	 */
	synchronized void add(long call, @Nullable String subject) {
		if (subject == null) {
			this.otherAt = call;
			return;
		}
		if (subject.hashCode() != this.subject) {
			this.otherAt = Math.max(this.otherAt, this.subjectAt);
			this.subject = subject.hashCode();
		}
		this.subjectAt = call;
	}

	/**
	 * Return whether the location is to blame.
	 * @param since the number of the first call that counts
	 * @return whether no single subject can be to blame for all that went wrong since
	 */
	synchronized boolean accuseLocation(long since) {
		return this.otherAt >= since;
	}

}
