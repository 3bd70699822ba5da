package io.s3s3.internal.blocking;

import io.s3s3.location.Location;

/**
 * Where the answers of one download came from. Thread-safe.
 */
final class Served {

	/** Written before there is more than one answer. */
	private volatile Location first;

	private volatile Location last;

	private volatile boolean joined;

	Served(Location location) {
		this.first = location;
		this.last = location;
	}

	/**
	 * Forget all answers except the one that began the download.
	 */
	void begin(Location location) {
		this.first = location;
		this.last = location;
		this.joined = false;
	}

	/**
	 * Record where another answer came from.
	 */
	void by(Location location) {
		this.last = location;
		if (location != this.first) {
			this.joined = true;
		}
	}

	/**
	 * Record that an answer replaces one that broke.
	 */
	void join() {
		this.joined = true;
	}

	Location last() {
		return this.last;
	}

	/**
	 * Return whether the bytes come from several locations, or an answer broke.
	 */
	boolean hasJoined() {
		return this.joined;
	}

}
