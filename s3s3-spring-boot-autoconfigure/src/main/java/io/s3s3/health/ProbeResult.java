package io.s3s3.health;

import io.s3s3.internal.text.Tag;

/**
 * What a probe found.
 *
 * @since 0.1.0
 */
public enum ProbeResult {

	/**
	 * The location is well.
	 */
	SUCCESS,

	/**
	 * The location failed.
	 */
	FAILURE,

	/**
	 * The location answered that the probe is not allowed. It can be reached, but whether
	 * it is well is not known: calls must try it.
	 */
	DENIED;

	/**
	 * Return the name in lower case, as it appears in logs and meters.
	 * @return for instance {@code success}
	 */
	public String tag() {
		return Tag.of(this);
	}

}
