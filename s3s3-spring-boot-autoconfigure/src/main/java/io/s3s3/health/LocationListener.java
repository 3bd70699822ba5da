package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;

/**
 * Receives events of the locations as a whole: each change exactly once, in order, one at
 * a time, with no lock held, on the thread that caused it or on one that was calling
 * listeners already. What a listener throws is logged and otherwise ignored.
 *
 * @since 0.1.0
 */
public interface LocationListener {

	/**
	 * Called when a status changed, traffic moved, a failback made progress, or no
	 * location was well any more.
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
	 * Called when a write that one location took is seen at the other one for the first
	 * time, because that was asked for it.
	 * @param to the location that it has arrived at
	 * @param lag the time since the write was confirmed to this process
	 */
	default void onReplicated(LocationRole to, Duration lag) {
	}

}
