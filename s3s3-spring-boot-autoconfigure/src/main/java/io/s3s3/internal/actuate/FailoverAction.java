package io.s3s3.internal.actuate;

import io.s3s3.internal.text.Tag;

/**
 * What an operator can do.
 */
enum FailoverAction {

	/**
	 * Force calls to a location, for a while or until they are released.
	 */
	FORCE(true),

	/**
	 * End the forced route.
	 */
	RELEASE(false),

	/**
	 * Let calls return home now.
	 */
	FAIL_BACK(false),

	/**
	 * Forget all failures and relapses.
	 */
	RESET(false),

	/**
	 * Take a location out.
	 */
	DRAIN(true),

	/**
	 * Put a drained location back into service.
	 */
	UNDRAIN(true),

	/**
	 * Probe a location now.
	 */
	PROBE_NOW(true);

	private final boolean takesLocation;

	FailoverAction(boolean takesLocation) {
		this.takesLocation = takesLocation;
	}

	boolean takesLocation() {
		return this.takesLocation;
	}

	String tag() {
		return Tag.of(this);
	}

}
