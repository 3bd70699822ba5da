package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;

/**
 * Lets an operator see where calls go, and steer them. Whatever steers them throws an
 * {@link IllegalStateException} once the application context is stopped or closed.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public interface FailoverControl {

	/**
	 * Return the state of the locations and of the traffic between them.
	 * @return the status
	 */
	FailoverStatus status();

	/**
	 * Force calls to a location, even if it is not well, until they are released. It is
	 * home for that time. A call that fails there still fails over.
	 * @param location the role of the location
	 * @throws IllegalStateException if the location is drained
	 */
	void force(LocationRole location);

	/**
	 * Force calls to a location for a limited time.
	 * @param location the role of the location
	 * @param duration how long, more than zero
	 * @throws IllegalStateException if the location is drained
	 * @see #force(LocationRole)
	 */
	void force(LocationRole location, Duration duration);

	/**
	 * End the forced route. Calls immediately go where the health of the locations sends
	 * them. Does nothing if there is no forced route.
	 */
	void release();

	/**
	 * Let calls return home now, along the ramp, without waiting for the hold-down to end
	 * or for writes made elsewhere to arrive: from then on, no calls stay away because of
	 * an earlier write. If calls are back already, that is all it does.
	 */
	void failBack();

	/**
	 * Forget all failures and relapses: each location that is not drained is assumed to
	 * be well, and no calls stay away because of an earlier write. Forced routes stay.
	 */
	void reset();

	/**
	 * Take a location out: new calls do not go there, not even when the other location
	 * fails, except those that only this location can serve, such as the parts of an
	 * upload that began there. If it is the primary, the secondary is home from then on.
	 * @param location the role of the location
	 * @throws IllegalStateException if the other location is drained already, or if calls
	 * are forced to this one
	 */
	void drain(LocationRole location);

	/**
	 * Put a drained location back into service. If it is home, calls return along the
	 * ramp. Does nothing if it is not drained.
	 * @param location the role of the location
	 */
	void undrain(LocationRole location);

	/**
	 * Probe a location now, on this thread, even if probes are disabled otherwise. The
	 * result counts like that of any other probe.
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
