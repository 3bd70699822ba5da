package io.s3s3.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.s3s3.health.CircuitMetrics;
import io.s3s3.health.LocationError;
import io.s3s3.health.LocationSnapshot;
import io.s3s3.health.ProbeReport;
import org.jspecify.annotations.Nullable;

/**
 * Describes what is known of a location.
 *
 * @param status how well it is
 * @param reason why it has that status
 * @param since since when it has it
 * @param circuit what its circuit counted, up to when it opened if it is open
 * @param rampPercent which part of its calls came back, or {@code null} if it is not
 * ramping
 * @param holdDownEnd when its calls may come back at the earliest, or {@code null} if
 * nothing holds them down
 * @param relapses how often it went out again without calm in between
 * @param lastErrors its last errors, the oldest first
 * @param lastProbe its last probe, or {@code null} if there was none
 * @since 0.1.0
 */
public record LocationDescriptor(String status, String reason, Instant since, CircuitDescriptor circuit,
		@Nullable Integer rampPercent, @Nullable Instant holdDownEnd, int relapses, List<LocationError> lastErrors,
		@Nullable ProbeDescriptor lastProbe) {

	static LocationDescriptor of(LocationSnapshot location) {
		ProbeReport probe = location.lastProbe();
		return new LocationDescriptor(location.status().tag(), location.reason().tag(), location.since(),
				CircuitDescriptor.of(location.circuit()), location.rampPercent(), location.holdDownEnd(),
				location.relapses(), location.lastErrors(), (probe != null) ? ProbeDescriptor.of(probe) : null);
	}

	/**
	 * Describes what the circuit of a location has counted since the location was last
	 * found well.
	 *
	 * @param calls how many of the last calls it knows
	 * @param failures how many of them failed
	 * @param failureRate which part that is, in percent, or {@code null} if there are too
	 * few to tell
	 * @param slowCallRate which part was slow, in percent, or {@code null} if there are
	 * too few to tell
	 * @param consecutiveFailures how many failed since the last success
	 * @param consecutiveThrottles how many were throttled since the last success
	 */
	public record CircuitDescriptor(int calls, int failures, @Nullable Float failureRate, @Nullable Float slowCallRate,
			int consecutiveFailures, int consecutiveThrottles) {

		static CircuitDescriptor of(CircuitMetrics figures) {
			return new CircuitDescriptor(figures.calls(), figures.failures(), rate(figures.failureRate()),
					rate(figures.slowCallRate()), figures.consecutiveFailures(), figures.consecutiveThrottles());
		}

		private static @Nullable Float rate(float percent) {
			return (percent >= 0) ? percent : null;
		}

	}

	/**
	 * Describes the result of one probe.
	 *
	 * @param result what the probe found
	 * @param cause what went wrong, or {@code null} if nothing did or it is not known
	 * @param duration how long it took
	 * @param time when it ended
	 */
	public record ProbeDescriptor(String result, @Nullable String cause, Duration duration, Instant time) {

		static ProbeDescriptor of(ProbeReport probe) {
			return new ProbeDescriptor(probe.result().tag(), probe.cause(), probe.duration(), probe.time());
		}

	}

}
