package io.s3s3.consistency;

/**
 * Something that must not happen.
 *
 * @param kind what it is
 * @param time when it happened
 * @param key the key that it happened to
 * @param text what happened
 */
record Finding(Kind kind, long time, String key, String text) {

	/**
	 * What there is to find.
	 */
	enum Kind {

		/** A read showed an own write that was superseded. */
		STALE,

		/** A read showed an own write that was deleted. */
		RESURRECTED,

		/** A read showed nothing where an own write was acknowledged. */
		MISSING,

		/** A read was told that an own write is not there that was acknowledged. */
		DENIED,

		/** A read was refused though a location that was well could serve it. */
		REFUSED,

		/** A condition was taken to hold of an own write that was superseded. */
		REPLACED,

		/** A call failed though a location was well. */
		FAILED,

		/** A read took more than one request though the writer was well. */
		COSTLY,

		/** A key has ended wrong at a location, and nobody was told. */
		LOST,

		/** It was told that a key has ended wrong, which has not. */
		ALARMED

	}

}
