package io.s3s3.health;

import io.s3s3.internal.text.Tag;

/**
 * Why a location has its status.
 *
 * @since 0.1.0
 */
public enum StatusReason {

	/**
	 * The application started, and nothing is known against the location.
	 */
	STARTED,

	/**
	 * Too many calls in a row failed.
	 */
	CONSECUTIVE_FAILURES,

	/**
	 * Too large a share of the last calls failed.
	 */
	FAILURE_RATE,

	/**
	 * Too large a share of the last calls was slow.
	 */
	SLOW_CALLS,

	/**
	 * Calls and probes take much longer than before, and than probes of the other
	 * location.
	 */
	SLOWED_DOWN,

	/**
	 * The location asked for fewer requests too often in a row.
	 */
	THROTTLED,

	/**
	 * The location had just come back, and its first call failed.
	 */
	TRIAL_FAILED,

	/**
	 * Too many of the last probes failed.
	 */
	PROBES_FAILED,

	/**
	 * Enough of the last probes succeeded.
	 */
	PROBES_SUCCEEDED,

	/**
	 * Calls that tried the location although it was out succeeded.
	 */
	CALLS_SUCCEEDED,

	/**
	 * The hold-down is over.
	 */
	HOLD_DOWN_OVER,

	/**
	 * The location is well, and the other one is not.
	 */
	OTHER_LOCATION_OUT,

	/**
	 * The location is well, and calls go to the other one first anyway.
	 */
	NOT_HOME,

	/**
	 * All steps of the ramp are done.
	 */
	RAMP_COMPLETED,

	/**
	 * An operator said so.
	 */
	OPERATOR;

	/**
	 * Return the name in lower case with hyphens, as it appears in logs and meters.
	 * @return for instance {@code failure-rate}
	 */
	public String tag() {
		return Tag.of(this);
	}

	/**
	 * Return why traffic moves away from a location that went out for this reason.
	 * @return the reason of the switch
	 */
	SwitchReason reasonToLeave() {
		return switch (this) {
			case PROBES_FAILED -> SwitchReason.PROBE_FAILED;
			case OPERATOR -> SwitchReason.DRAINED;
			default -> SwitchReason.CIRCUIT_OPEN;
		};
	}

}
