package io.s3s3.failure;

import io.s3s3.internal.text.Tag;

/**
 * Names the cause of a failed attempt.
 *
 * @since 0.1.0
 */
public enum FailureKind {

	/**
	 * There is no connection: refused, unreachable, or none free in the pool.
	 */
	CONNECTION,

	/**
	 * The host name does not resolve.
	 */
	DNS,

	/**
	 * TLS failed: the peer does not use TLS, or its certificate is not trusted or belongs
	 * to another host.
	 */
	TLS,

	/**
	 * Nothing came in time: connecting, or waiting for an answer.
	 */
	TIMEOUT,

	/**
	 * The attempt was given up early, because another location can serve the call: its
	 * location went out meanwhile, or waiting for a connection had used up the time.
	 */
	ABANDONED,

	/**
	 * The connection broke before the answer was whole.
	 */
	RESET,

	/**
	 * The location answered with a failure of its own, usually a status of 500 or above.
	 */
	SERVER_ERROR,

	/**
	 * The location asked for fewer requests.
	 */
	THROTTLED,

	/**
	 * The answer was not a valid answer of S3: truncated, garbage, or not matching its
	 * checksum.
	 */
	BROKEN_RESPONSE,

	/**
	 * The credentials could not be obtained, or this location does not accept them.
	 */
	CREDENTIALS,

	/**
	 * The credentials are valid but do not allow it here.
	 */
	ACCESS_DENIED,

	/**
	 * The bucket is not there.
	 */
	NO_SUCH_BUCKET,

	/**
	 * The location redirects elsewhere: the bucket is not in the configured region.
	 */
	REDIRECT,

	/**
	 * An error that is none of the others and may be the location's.
	 */
	UNEXPECTED,

	/**
	 * A negative answer that is a proper answer: no such key, a precondition that does
	 * not hold, not modified, a range that does not exist.
	 */
	EXPECTED,

	/**
	 * The answer lacks what this process has written: the location does not have it yet.
	 */
	STALE,

	/**
	 * The request itself is wrong, wherever it is sent.
	 */
	REQUEST,

	/**
	 * The caller's own code failed: its body, its response transformer.
	 */
	CALLER,

	/**
	 * The caller gave up: interrupted or cancelled.
	 */
	CANCELLED;

	/**
	 * Return whether such a failure can only be due to the location. All others may be
	 * due to the object or to the request, unless requests for different keys fail. That
	 * includes credentials, since a signature may fail to match for one kind of request
	 * only.
	 * @return whether no other request would have fared better there
	 */
	public boolean speaksOfLocationOnly() {
		return switch (this) {
			case CONNECTION, DNS, TLS, TIMEOUT, THROTTLED -> true;
			case ABANDONED, RESET, SERVER_ERROR, BROKEN_RESPONSE, CREDENTIALS, ACCESS_DENIED, NO_SUCH_BUCKET, REDIRECT,
					UNEXPECTED, EXPECTED, STALE, REQUEST, CALLER, CANCELLED ->
				false;
		};
	}

	/**
	 * Return whether such a failure may be gone at the same location a moment later. A
	 * timeout has used up its time already, and waiting does not mend a broken response.
	 * @return whether a retry is worthwhile when no other location is left
	 */
	public boolean mayPass() {
		return switch (this) {
			case CONNECTION, DNS, TLS, RESET, SERVER_ERROR, THROTTLED -> true;
			case TIMEOUT, ABANDONED, BROKEN_RESPONSE, CREDENTIALS, ACCESS_DENIED, NO_SUCH_BUCKET, REDIRECT, UNEXPECTED,
					EXPECTED, STALE, REQUEST, CALLER, CANCELLED ->
				false;
		};
	}

	/**
	 * Return the name in lower case with hyphens, as it appears in logs and meters.
	 * @return for instance {@code server-error}
	 */
	public String tag() {
		return Tag.of(this);
	}

}
