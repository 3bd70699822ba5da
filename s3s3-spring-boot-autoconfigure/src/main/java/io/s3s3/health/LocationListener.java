package io.s3s3.health;

import java.time.Instant;

/**
 * Receives what becomes of the locations as a whole: each change exactly once, in their
 * order, one at a time, with no lock held, on the thread that brought it about or on one
 * that was telling already. What a listener throws is logged and changes nothing.
 *
 * @since 0.1.0
 */
public interface LocationListener {

	/**
	 * Called when the status of a location changed.
	 * @param transition the change
	 */
	default void onStatusChanged(LocationTransition transition) {
	}

	/**
	 * Called when traffic moved: when home goes out, and when all of its calls are back.
	 * @param trafficSwitch the move
	 */
	default void onTrafficSwitched(TrafficSwitch trafficSwitch) {
	}

	/**
	 * Called when the calls of home begin to come back step by step, with each step, and
	 * when all are back or none come back any more.
	 * @param progress how far it is
	 */
	default void onFailbackProgressed(FailbackProgress progress) {
	}

	/**
	 * Called when no location is well any more. Calls still try them.
	 * @param time when that began
	 */
	default void onAllLocationsOut(Instant time) {
	}

	/**
	 * Called when some location is well again.
	 * @param since when the last one had gone out
	 * @param time when that ended
	 */
	default void onLocationAvailableAgain(Instant since, Instant time) {
	}

	/**
	 * Called with the result of each probe.
	 * @param report the result
	 */
	default void onProbed(ProbeReport report) {
	}

}
