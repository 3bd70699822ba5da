package io.s3s3.failure;

import io.s3s3.internal.text.Tag;

/**
 * Names the cause of a failed attempt.
 *
 * @since 0.1.0
 */
public enum FailureKind {

	/**
	 * No connection: refused, unreachable, or none free in the pool.
	 */
	CONNECTION,

	/**
	 * The host name does not resolve.
	 */
	DNS,

	/**
	 * TLS failed: no TLS there, or a certificate that is not trusted or not the host's.
	 */
	TLS,

	/**
	 * Nothing came in time: connecting, or waiting for an answer.
	 */
	TIMEOUT,

	/**
	 * The attempt was given up before its time, since another location can serve the
	 * call: its location went out meanwhile, or the queue for a connection had taken up
	 * the time.
	 */
	ABANDONED,

	/**
	 * The connection broke before the answer was whole.
	 */
	RESET,

	/**
	 * The location answered with a failure of its own, mostly a status of 500 and up.
	 */
	SERVER_ERROR,

	/**
	 * The location asked for fewer requests.
	 */
	THROTTLED,

	/**
	 * The answer was not S3's: cut short, garbage, or not what its checksum says.
	 */
	BROKEN_RESPONSE,

	/**
	 * The credentials could not be had, or this location does not take them.
	 */
	CREDENTIALS,

	/**
	 * The credentials are good but don't allow it here.
	 */
	ACCESS_DENIED,

	/**
	 * The bucket is not there.
	 */
	NO_SUCH_BUCKET,

	/**
	 * The location sends us elsewhere: the bucket is not in the configured region.
	 */
	REDIRECT,

	/**
	 * An error that is none of the others and may be the location's.
	 */
	UNEXPECTED,

	/**
	 * An answer that says no, as good as any: no such key, a precondition that does not
	 * hold, not modified, a range that is not there.
	 */
	EXPECTED,

	/**
	 * The answer lacks what this process has written: the location has not got it yet.
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
	 * Return whether such a failure speaks of the location and of nothing else. All
	 * others may be due to the object or to the request: only failures of different keys
	 * tell that they are not. That holds for credentials too, since a signature may fail
	 * to match for one kind of request alone.
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
	 * timeout has taken its time already, and a broken response is no matter of waiting.
	 * @return whether it is worth asking again when no other location is left
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
