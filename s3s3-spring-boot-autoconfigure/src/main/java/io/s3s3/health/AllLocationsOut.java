package io.s3s3.health;

import java.time.Instant;

/**
 * No location is well any more. Calls still try both.
 *
 * @since 0.1.0
 */
public final class AllLocationsOut extends LocationEvent {

	AllLocationsOut(Instant time) {
		super(time, time);
	}

	@Override
	String describe() {
		return getTime().toString();
	}

}
