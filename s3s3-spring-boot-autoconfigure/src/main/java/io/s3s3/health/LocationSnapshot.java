package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.s3s3.internal.health.HedgeFigures;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of what is known about a location. Immutable.
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
	 * Return how long to wait for the answer to a GET before there is a second request.
	 * @return the duration, or {@code null} if no client of the locations hedges
	 */
	public @Nullable Duration hedgeDelay() {
		return this.hedgeDelay;
	}

	/**
	 * Return its status.
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
	 * Return how many of them failed. Repeated failures for one object count once.
	 * @return the number of calls
	 */
	public int failures() {
		return this.circuit.window().failures();
	}

	/**
	 * Return the percentage of them that failed.
	 * @return the percentage, or {@code null} if there are too few of them
	 */
	public @Nullable Float failureRate() {
		return this.circuit.window().failureRate();
	}

	/**
	 * Return the percentage of them that were slow.
	 * @return the percentage, or {@code null} if there are too few of them
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
	 * Return the percentage of its calls that have returned.
	 * @return the percentage, or {@code null} if it is not ramping
	 */
	public @Nullable Integer rampPercent() {
		return this.rampPercent;
	}

	/**
	 * Return the earliest time that its calls may return.
	 * @return the time, or {@code null} if no hold-down applies
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
	 * Return for how many keys only this location is known to have the last write. For
	 * home this is an upper bound while calls go there, since the other location is not
	 * asked for what is written at home.
	 * @return the number of keys
	 */
	public int unconfirmedWrites() {
		return this.unconfirmedWrites;
	}

	/**
	 * An error of a location, without its message, which might contain secrets.
	 *
	 * @param time when it happened
	 * @param cause its kind, such as {@code timeout}
	 */
	public record Error(Instant time, String cause) {

	}

}
