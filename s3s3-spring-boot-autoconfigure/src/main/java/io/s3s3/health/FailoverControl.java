package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;

/**
 * Lets an operator see where calls go, and steer them. Thread-safe.
 *
 * @since 0.1.0
 */
public interface FailoverControl {

	/**
	 * Return what is known of the locations and of the traffic between them.
	 * @return the status
	 */
	FailoverStatus status();

	/**
	 * Force calls to a location, however well it is, until they are released. It is home
	 * for that time. A call that fails there still fails over.
	 * @param location the role of the location
	 * @throws IllegalStateException if the location is drained
	 */
	void force(LocationRole location);

	/**
	 * Force calls to a location for some time.
	 * @param location the role of the location
	 * @param duration for how long, more than zero
	 * @throws IllegalStateException if the location is drained
	 * @see #force(LocationRole)
	 */
	void force(LocationRole location, Duration duration);

	/**
	 * End the forced route. Calls go where the health of the locations sends them, at
	 * once. Does nothing if there is none.
	 */
	void release();

	/**
	 * Let calls come back to home now, by the ramp, without waiting for the hold-down,
	 * nor for what was written away to arrive there: from then on no key's calls stay
	 * with a write that was made before. If calls are back already it does no more than
	 * that.
	 */
	void failBack();

	/**
	 * Forget all failures and relapses: each location that is not drained is taken for
	 * well, and no key's calls stay with a write that was made before. Forced routes
	 * stay.
	 */
	void reset();

	/**
	 * Take a location out: new calls don't go there, not even when the other location
	 * fails. What only this location can serve, such as the parts of an upload that began
	 * there, still does. If it is the primary, the secondary is home from then on.
	 * @param location the role of the location
	 * @throws IllegalStateException if the other location is drained already, or if calls
	 * are forced to this one
	 */
	void drain(LocationRole location);

	/**
	 * Let a location in again: at home, calls come back by the ramp. Does nothing if it
	 * is not drained.
	 * @param location the role of the location
	 */
	void undrain(LocationRole location);

	/**
	 * Probe a location now, on this thread, whether or not there are probes otherwise.
	 * The result counts as any probe's does.
	 * @param location the role of the location
	 * @return what the probe found
	 */
	ProbeReport probeNow(LocationRole location);

	/**
	 * Create a control of the traffic of a pair.
	 * @param director what directs the traffic
	 * @param locations the locations to probe
	 * @param probe how to probe them
	 * @return the control
	 */
	static FailoverControl of(TrafficDirector director, LocationPair locations, HealthProbe probe) {
		return new DefaultFailoverControl(director, locations, probe);
	}

}
