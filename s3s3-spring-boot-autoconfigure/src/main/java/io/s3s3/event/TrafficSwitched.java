package io.s3s3.event;

import io.s3s3.health.SwitchReason;
import io.s3s3.health.TrafficSwitch;
import io.s3s3.location.LocationRole;

/**
 * Calls go to another location first from now on. When they come back step by step, this
 * is the end of it: {@link FailbackProgressed} tells of the steps.
 *
 * @since 0.1.0
 */
public final class TrafficSwitched extends LocationEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the event.
	 * @param trafficSwitch the move
	 */
	public TrafficSwitched(TrafficSwitch trafficSwitch) {
		super(trafficSwitch, trafficSwitch.time());
	}

	private TrafficSwitch trafficSwitch() {
		return (TrafficSwitch) getSource();
	}

	/**
	 * Return the location that calls went to first.
	 * @return its role
	 */
	public LocationRole getFrom() {
		return trafficSwitch().from();
	}

	/**
	 * Return the location that calls go to first from then on.
	 * @return its role
	 */
	public LocationRole getTo() {
		return trafficSwitch().to();
	}

	/**
	 * Return why they do.
	 * @return the reason
	 */
	public SwitchReason getReason() {
		return trafficSwitch().reason();
	}

	@Override
	String describe() {
		return "%s to %s, %s".formatted(getFrom(), getTo(), getReason().tag());
	}

}
