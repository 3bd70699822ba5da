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
	 * Writes, with the same result if repeated: any location.
	 */
	IDEMPOTENT_WRITE,

	/**
	 * Writes if a condition holds: home only unless allowed elsewhere, since a condition
	 * that was checked in one bucket says nothing about the other.
	 */
	CONDITIONAL_WRITE,

	/**
	 * Refers to something that only one location knows, such as an upload id, or does
	 * something that is not replicated, such as deleting one version.
	 */
	BOUND,

	/**
	 * Creates, deletes or configures a bucket: home only.
	 */
	ADMINISTRATION

}
