package io.s3s3.consistency;

/**
 * Says what reads promise while replication is under way.
 *
 * @since 0.1.0
 */
public enum ReadConsistency {

	/**
	 * What this process was told is written is read, as long as it is remembered, or an
	 * exception says that it cannot be.
	 */
	OWN_WRITES,

	/**
	 * A read returns what the location has that serves it, be it old. Nothing is
	 * remembered.
	 */
	AS_SERVED

}
