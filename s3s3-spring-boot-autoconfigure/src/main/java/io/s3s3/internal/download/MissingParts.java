package io.s3s3.internal.download;

import java.util.BitSet;

/**
 * The parts of an object that nobody has fetched or is fetching. Thread-safe.
 */
final class MissingParts {

	/** Guarded by "this". */
	private final BitSet parts;

	MissingParts(int count) {
		this.parts = new BitSet(count);
		this.parts.set(0, count);
	}

	/**
	 * Take a given part. Returns whether it was missing.
	 */
	synchronized boolean take(int part) {
		boolean missing = this.parts.get(part);
		this.parts.clear(part);
		return missing;
	}

	/**
	 * Take the last missing part. Returns -1 if there is none.
	 */
	synchronized int takeLast() {
		int last = this.parts.length() - 1;
		if (last >= 0) {
			this.parts.clear(last);
		}
		return last;
	}

	/**
	 * Put back a part that could not be fetched, for others to take.
	 */
	synchronized void putBack(int part) {
		this.parts.set(part);
	}

}
