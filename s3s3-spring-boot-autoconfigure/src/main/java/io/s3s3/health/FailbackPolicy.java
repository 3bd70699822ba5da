package io.s3s3.health;

/**
 * Who decides that calls come back to home.
 *
 * @since 0.1.0
 */
public enum FailbackPolicy {

	/**
	 * Calls come back when the hold-down is over.
	 */
	AUTOMATIC,

	/**
	 * Calls come back when an operator says so, or when the other location is out.
	 */
	MANUAL

}
