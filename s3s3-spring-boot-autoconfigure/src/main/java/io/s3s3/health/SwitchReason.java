package io.s3s3.health;

import io.s3s3.internal.text.Tag;

/**
 * Why traffic as a whole moved from one location to the other.
 *
 * @since 0.1.0
 */
public enum SwitchReason {

	/**
	 * The circuit of the location opened: its calls failed.
	 */
	CIRCUIT_OPEN,

	/**
	 * The probes of the location failed.
	 */
	PROBE_FAILED,

	/**
	 * Both locations were out, and the other one recovered first.
	 */
	RECOVERED,

	/**
	 * Home is well again and has its calls back.
	 */
	FAILBACK,

	/**
	 * An operator forced calls to the other location.
	 */
	FORCED,

	/**
	 * The forced route ended: released by an operator, or expired.
	 */
	RELEASED,

	/**
	 * An operator took the location out.
	 */
	DRAINED,

	/**
	 * An operator reset the health of the locations.
	 */
	RESET;

	/**
	 * Return the name in lower case with hyphens, as it appears in logs and meters.
	 * @return for instance {@code circuit-open}
	 */
	public String tag() {
		return Tag.of(this);
	}

}
