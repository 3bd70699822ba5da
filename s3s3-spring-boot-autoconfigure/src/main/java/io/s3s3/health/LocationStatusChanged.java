package io.s3s3.health;

import java.time.Instant;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * The status of a location changed.
 *
 * @since 0.1.0
 */
public final class LocationStatusChanged extends LocationEvent {

	private final LocationRole location;

	private final LocationStatus from;

	private final LocationStatus to;

	private final StatusReason reason;

	private final @Nullable String cause;

	LocationStatusChanged(LocationRole location, LocationState from, LocationState to, @Nullable String cause,
			Instant time) {
		super(location, time);
		this.location = location;
		this.from = from.status();
		this.to = to.status();
		this.reason = to.reason();
		this.cause = cause;
	}

	/**
	 * Return the location.
	 * @return its role
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return the previous status.
	 * @return the status
	 */
	public LocationStatus getFrom() {
		return this.from;
	}

	/**
	 * Return the new status.
	 * @return the status
	 */
	public LocationStatus getTo() {
		return this.to;
	}

	/**
	 * Return why it changed.
	 * @return the reason
	 */
	public StatusReason getReason() {
		return this.reason;
	}

	/**
	 * Return what went wrong last.
	 * @return its kind, such as {@code timeout}, or {@code null} if the location did not
	 * go out because of an error
	 */
	public @Nullable String getCause() {
		return this.cause;
	}

	@Override
	String describe() {
		return "%s: %s to %s, %s".formatted(this.location, this.from.tag(), this.to.tag(), this.reason.tag());
	}

}
