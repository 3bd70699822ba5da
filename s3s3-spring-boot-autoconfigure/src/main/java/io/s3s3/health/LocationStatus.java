package io.s3s3.health;

import io.s3s3.internal.text.Tag;

/**
 * The status of a location.
 *
 * @since 0.1.0
 */
public enum LocationStatus {

	/**
	 * The location takes the calls that are due to it.
	 */
	UP,

	/**
	 * The location failed: calls try it only after the other one.
	 */
	OUT,

	/**
	 * Home is well again, but its calls have not returned yet: the hold-down is not over,
	 * or an operator decides.
	 */
	RECOVERED,

	/**
	 * Calls return home step by step.
	 */
	RAMPING,

	/**
	 * An operator took the location out: it gets no calls except those that only it can
	 * serve.
	 */
	DRAINED;

	/**
	 * Return the name in lower case, as it appears in logs and meters.
	 * @return for instance {@code up}
	 */
	public String tag() {
		return Tag.of(this);
	}

	boolean isWell() {
		return this != OUT && this != DRAINED;
	}

}
