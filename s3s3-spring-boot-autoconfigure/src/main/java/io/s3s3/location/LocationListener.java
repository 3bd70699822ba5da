package io.s3s3.location;

import java.time.Instant;

/**
 * Is told what becomes of the locations as a whole: each change exactly once, in their
 * order, one at a time, with no lock held, on the thread that brought it about or on one
 * that was telling already. What a listener throws is logged and changes nothing.
 *
 * @since 0.1.0
 */
public interface LocationListener {

	/**
	 * Take notice that the status of a location changed.
	 * @param transition the change
	 */
	default void onStatusChanged(LocationTransition transition) {
	}

	/**
	 * Take notice that traffic moved.
	 * @param trafficSwitch the move
	 */
	default void onTrafficSwitched(TrafficSwitch trafficSwitch) {
	}

	/**
	 * Take notice that no location is well any more. Calls still try them.
	 * @param time when that began
	 */
	default void onAllLocationsOut(Instant time) {
	}

	/**
	 * Take notice that some location is well again.
	 * @param since when the last one had gone out
	 * @param time when that ended
	 */
	default void onAllLocationsOutEnded(Instant since, Instant time) {
	}

	/**
	 * Take notice of the result of a probe.
	 * @param report the result
	 */
	default void onProbed(ProbeReport report) {
	}

}
