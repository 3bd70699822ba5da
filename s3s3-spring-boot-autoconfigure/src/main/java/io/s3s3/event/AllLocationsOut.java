package io.s3s3.event;

import java.time.Instant;

/**
 * No location is well any more. Calls still try them.
 *
 * @since 0.1.0
 */
public final class AllLocationsOut extends LocationEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the event.
	 * @param time when the last location went out
	 */
	public AllLocationsOut(Instant time) {
		super(time, time);
	}

	@Override
	String describe() {
		return getSource().toString();
	}

}
