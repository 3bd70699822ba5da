package io.s3s3.event;

import io.s3s3.health.LocationStatus;
import io.s3s3.health.LocationTransition;
import io.s3s3.health.StatusReason;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * The status of a location changed.
 *
 * @since 0.1.0
 */
public final class LocationStatusChanged extends LocationEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the event.
	 * @param transition the change
	 */
	public LocationStatusChanged(LocationTransition transition) {
		super(transition, transition.time());
	}

	private LocationTransition transition() {
		return (LocationTransition) getSource();
	}

	/**
	 * Return the location.
	 * @return its role
	 */
	public LocationRole getLocation() {
		return transition().location();
	}

	/**
	 * Return the status before.
	 * @return the status
	 */
	public LocationStatus getFrom() {
		return transition().from();
	}

	/**
	 * Return the status from then on.
	 * @return the status
	 */
	public LocationStatus getTo() {
		return transition().to();
	}

	/**
	 * Return why it changed.
	 * @return the reason
	 */
	public StatusReason getReason() {
		return transition().reason();
	}

	/**
	 * Return what went wrong last.
	 * @return its kind, such as {@code timeout}, or {@code null} if the location did not
	 * go out for that
	 */
	public @Nullable String getCause() {
		return transition().cause();
	}

	@Override
	String describe() {
		return "%s: %s to %s, %s".formatted(getLocation(), getFrom().tag(), getTo().tag(), getReason().tag());
	}

}
