package io.s3s3.consistency;

/**
 * What reads promise while replication is in progress.
 *
 * @since 0.1.0
 */
public enum ReadConsistency {

	/**
	 * Reads show every write that was confirmed to this process, as long as it is
	 * remembered, or throw an exception if that is impossible.
	 */
	OWN_WRITES,

	/**
	 * Reads return whatever the serving location has, even if it is stale. Nothing is
	 * remembered.
	 */
	AS_SERVED

}
