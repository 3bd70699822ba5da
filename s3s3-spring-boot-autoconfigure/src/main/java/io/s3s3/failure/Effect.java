package io.s3s3.failure;

/**
 * What a failed attempt may have done at its location.
 *
 * @since 0.1.0
 */
public enum Effect {

	/**
	 * The request did not reach the location: nothing happened.
	 */
	NOT_SENT,

	/**
	 * The location answered that it did not carry out the request.
	 */
	REJECTED,

	/**
	 * The request may have taken effect: it was sent, and no answer says what came of it.
	 */
	UNKNOWN

}
