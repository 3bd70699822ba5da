package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.s3s3.internal.health.HedgeFigures;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a location at a time. Immutable.
 *
 * @since 0.1.0
 */
public final class LocationSnapshot {

	private final LocationRole location;

	private final LocationStatus status;

	private final StatusReason reason;

	private final Instant since;

	private final CircuitFigures circuit;

	private final @Nullable Integer rampPercent;

	private final @Nullable Instant holdDownEnd;

	private final int relapses;

	private final List<Error> lastErrors;

	private final @Nullable ProbeReport lastProbe;

	private final int unconfirmedWrites;

	private final @Nullable Duration hedgeDelay;

	LocationSnapshot(LocationHealth health, TrafficHistory history) {
		LocationState state = health.state();
		this.location = health.role();
		this.status = state.status();
		this.reason = state.reason();
		this.since = state.since().instant();
		this.circuit = state.figures();
		this.rampPercent = (this.status == LocationStatus.RAMPING) ? state.rampPercent() : null;
		this.holdDownEnd = state.holdDownEnd();
		this.relapses = Math.max(0, state.relapses());
		this.lastErrors = health.errors();
		this.lastProbe = health.lastProbe();
		this.unconfirmedWrites = history.writes().at(this.location);
		HedgeFigures hedges = history.hedges();
		this.hedgeDelay = (hedges != null) ? hedges.delay(this.location) : null;
	}

	/**
	 * Return the location.
	 * @return its role
	 */
	public LocationRole location() {
		return this.location;
	}

	/**
	 * Return how long the answer to a GET is waited for before there is a second request.
	 * @return the duration, or {@code null} if no client of the locations makes any
	 */
	public @Nullable Duration hedgeDelay() {
		return this.hedgeDelay;
	}

	/**
	 * Return how well it is.
	 * @return the status
	 */
	public LocationStatus status() {
		return this.status;
	}

	/**
	 * Return why it has that status.
	 * @return the reason
	 */
	public StatusReason reason() {
		return this.reason;
	}

	/**
	 * Return since when it has that status.
	 * @return the time
	 */
	public Instant since() {
		return this.since;
	}

	/**
	 * Return how many of its last calls its circuit has counted, up to when it opened if
	 * it is open.
	 * @return the number of calls
	 */
	public int calls() {
		return this.circuit.window().calls();
	}

	/**
	 * Return how many of them failed. What fails again and again for one object counts
	 * once.
	 * @return the number of calls
	 */
	public int failures() {
		return this.circuit.window().failures();
	}

	/**
	 * Return which part of them failed.
	 * @return the part in percent, or {@code null} if they are too few to tell
	 */
	public @Nullable Float failureRate() {
		return this.circuit.window().failureRate();
	}

	/**
	 * Return which part of them was slow.
	 * @return the part in percent, or {@code null} if they are too few to tell
	 */
	public @Nullable Float slowCallRate() {
		return this.circuit.window().slowCallRate();
	}

	/**
	 * Return how many calls failed since the last success.
	 * @return the number of calls
	 */
	public int consecutiveFailures() {
		return this.circuit.consecutiveFailures();
	}

	/**
	 * Return how many calls were throttled since the last success.
	 * @return the number of calls
	 */
	public int consecutiveThrottles() {
		return this.circuit.consecutiveThrottles();
	}

	/**
	 * Return which part of its calls came back.
	 * @return the part in percent, or {@code null} if it is not ramping
	 */
	public @Nullable Integer rampPercent() {
		return this.rampPercent;
	}

	/**
	 * Return when its calls may come back at the earliest.
	 * @return the time, or {@code null} if nothing holds them down
	 */
	public @Nullable Instant holdDownEnd() {
		return this.holdDownEnd;
	}

	/**
	 * Return how often it went out again without calm in between.
	 * @return the number of relapses
	 */
	public int relapses() {
		return this.relapses;
	}

	/**
	 * Return its last errors.
	 * @return the errors, the oldest first
	 */
	public List<Error> lastErrors() {
		return this.lastErrors;
	}

	/**
	 * Return its last probe.
	 * @return the probe, or {@code null} if there was none
	 */
	public @Nullable ProbeReport lastProbe() {
		return this.lastProbe;
	}

	/**
	 * Return how many keys have a last write that only this location is known to have. Of
	 * home that is an upper bound as long as calls go there: nothing asks the other
	 * location for what is written at home.
	 * @return the number of keys
	 */
	public int unconfirmedWrites() {
		return this.unconfirmedWrites;
	}

	/**
	 * An error of a location: what it was, but none of its text, which might hold
	 * secrets.
	 *
	 * @param time when it was
	 * @param cause its kind, such as {@code timeout}
	 */
	public record Error(Instant time, String cause) {

	}

}
