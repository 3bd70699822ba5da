package io.s3s3.health;

import java.util.Locale;

/**
 * How far the calls of home have come back.
 *
 * @since 0.1.0
 */
public enum FailbackPhase {

	/**
	 * The first of them come back.
	 */
	STARTED,

	/**
	 * More of them come back.
	 */
	PROGRESSED,

	/**
	 * All of them are back.
	 */
	COMPLETED,

	/**
	 * None come back any more: home failed again, or an operator decided otherwise.
	 */
	ABORTED;

	/**
	 * Return the name in lower case, as it appears in logs.
	 * @return for instance {@code started}
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
