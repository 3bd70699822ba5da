package io.s3s3.internal.consistency;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Version ids and ETags of which it is enough to know whether one is among them, the
 * newest last. Two that differ have the same fingerprint once in 2^64. Immutable.
 *
 * @param values the fingerprints
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared
record Fingerprints(long[] values) {

	static final Fingerprints NONE = new Fingerprints(new long[0]);

	/** More writes of one key than this are not told from those of others. */
	private static final int MAXIMUM = 64;

	Fingerprints with(@Nullable String text) {
		return (text != null) ? with(of(text)) : this;
	}

	private Fingerprints with(long value) {
		if (contains(value)) {
			return this;
		}
		int from = Math.max(0, this.values.length - MAXIMUM + 1);
		long[] longer = Arrays.copyOfRange(this.values, from, this.values.length + 1);
		longer[longer.length - 1] = value;
		return new Fingerprints(longer);
	}

	boolean isEmpty() {
		return this.values.length == 0;
	}

	/**
	 * Return whether none had to be given up.
	 */
	boolean isComplete() {
		return this.values.length < MAXIMUM;
	}

	boolean contains(@Nullable String text) {
		return text != null && this.values.length > 0 && contains(of(text));
	}

	private boolean contains(long searched) {
		for (long value : this.values) {
			if (value == searched) {
				return true;
			}
		}
		return false;
	}

	Fingerprints with(Fingerprints others) {
		Fingerprints all = this;
		for (long value : others.values) {
			all = all.with(value);
		}
		return all;
	}

	/** The hash of FNV-1a. */
	static long of(String text) {
		long hash = 0xcbf29ce484222325L;
		for (int i = 0; i < text.length(); i++) {
			hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
		}
		return hash;
	}

}
