package io.s3s3.internal.route;

/**
 * How safe it is to send an operation to another location than home.
 */
public enum OperationSafety {

	/**
	 * Reads objects or lists them: any location.
	 */
	READ,

	/**
	 * Writes, and does the same when done twice: any location.
	 */
	IDEMPOTENT_WRITE,

	/**
	 * Writes if a condition holds: home only unless allowed elsewhere, since a condition
	 * that was checked in one bucket says nothing about the other.
	 */
	CONDITIONAL_WRITE,

	/**
	 * Speaks of something that only one location knows, such as an upload id, or does
	 * what replication does not carry, such as the deletion of one version.
	 */
	BOUND,

	/**
	 * Creates, deletes or configures a bucket: home only.
	 */
	ADMINISTRATION

}
