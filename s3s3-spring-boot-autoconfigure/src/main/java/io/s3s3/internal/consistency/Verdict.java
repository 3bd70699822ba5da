package io.s3s3.internal.consistency;

/**
 * What an answer is worth in the light of what this process has written.
 */
public enum Verdict {

	/**
	 * It shows the last write, or a newer one of somebody else.
	 */
	CURRENT,

	/**
	 * It lacks a write that this process was told is done.
	 */
	STALE,

	/**
	 * It shows a write of somebody else, and nothing tells whether that is newer.
	 */
	UNPROVEN,

	/**
	 * It lacks a write that the very location that answers has taken: an older one has
	 * arrived there since.
	 */
	BURIED,

	/**
	 * It tells that the last write was deleted for good where it was taken: what that
	 * location shows in its place is right, and is to be asked for once more.
	 */
	GONE

}
