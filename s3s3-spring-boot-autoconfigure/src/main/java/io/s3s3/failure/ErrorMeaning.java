package io.s3s3.failure;

/**
 * What an error code of S3 means for a call, and the failure that follows from it.
 */
enum ErrorMeaning {

	/**
	 * The answer is negative, but a proper answer.
	 */
	EXPECTED(Failure.ofCaller(FailureKind.EXPECTED, Effect.REJECTED)),

	/**
	 * The request is wrong, wherever it is sent.
	 */
	REQUEST(Failure.ofCaller(FailureKind.REQUEST, Effect.REJECTED)),

	/**
	 * The credentials are valid but do not allow it.
	 */
	ACCESS_DENIED(Failure.ofCaller(FailureKind.ACCESS_DENIED, Effect.REJECTED)),

	/**
	 * The location does not accept the credentials, or no longer does.
	 */
	CREDENTIALS(Failure.ofLocation(FailureKind.CREDENTIALS, Effect.REJECTED)),

	/**
	 * The location asks for fewer requests.
	 */
	THROTTLED(Failure.ofLocation(FailureKind.THROTTLED, Effect.REJECTED)),

	/**
	 * The bucket is not there.
	 */
	NO_SUCH_BUCKET(Failure.ofLocation(FailureKind.NO_SUCH_BUCKET, Effect.REJECTED)),

	/**
	 * The bucket is elsewhere.
	 */
	REDIRECT(Failure.ofLocation(FailureKind.REDIRECT, Effect.REJECTED)),

	/**
	 * The location failed midway.
	 */
	FAILED(Failure.ofLocation(FailureKind.SERVER_ERROR, Effect.UNKNOWN)),

	/**
	 * The location did not start on the request.
	 */
	UNAVAILABLE(Failure.ofLocation(FailureKind.SERVER_ERROR, Effect.REJECTED)),

	/**
	 * The location waited in vain for the request. A caller that is slow to supply a body
	 * is as likely a reason as the network, so it says nothing about the health of the
	 * location.
	 */
	WAITED(Failure.ofSetup(FailureKind.TIMEOUT, Effect.REJECTED)),

	/**
	 * The location cannot do it as it is set up now, though it is well otherwise: a
	 * quota, a key of its KMS, a missing feature.
	 */
	STATE(Failure.ofSetup(FailureKind.SERVER_ERROR, Effect.REJECTED)),

	/**
	 * The request was damaged on its way.
	 */
	DAMAGED(Failure.ofSetup(FailureKind.UNEXPECTED, Effect.REJECTED));

	private final Failure failure;

	ErrorMeaning(Failure failure) {
		this.failure = failure;
	}

	Failure failure() {
		return this.failure;
	}

}
