package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * Receives what becomes of the locations as a whole: each change exactly once, in their
 * order, one at a time, with no lock held, on the thread that brought it about or on one
 * that was calling listeners already. What a listener throws is logged and changes
 * nothing.
 *
 * @since 0.1.0
 */
public interface LocationListener {

	/**
	 * Called when a status changed, traffic moved, calls came back to home, or no
	 * location was well.
	 * @param event what happened
	 */
	default void onLocationEvent(LocationEvent event) {
	}

	/**
	 * Called with the result of each probe.
	 * @param report the result
	 */
	default void onProbed(ProbeReport report) {
	}

	/**
	 * Called when a location that was asked for it has shown a write that another one
	 * took.
	 * @param to the location that has it now
	 * @param lag how long ago this process was told that it is done
	 */
	default void onReplicated(LocationRole to, Duration lag) {
	}

}
