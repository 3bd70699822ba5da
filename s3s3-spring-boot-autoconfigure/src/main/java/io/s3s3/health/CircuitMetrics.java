package io.s3s3.health;

/**
 * What the circuit of a location has counted since the location was last found well.
 *
 * @param calls how many of the last calls it knows
 * @param failures how many of them failed; what fails again and again for one object
 * counts once
 * @param failureRate which part that is, in percent, -1 if there are too few to tell
 * @param slowCallRate which part was slow, in percent, -1 if there are too few to tell
 * @param consecutiveFailures how many failed since the last success
 * @param consecutiveThrottles how many were throttled since the last success
 * @since 0.1.0
 */
public record CircuitMetrics(int calls, int failures, float failureRate, float slowCallRate, int consecutiveFailures,
		int consecutiveThrottles) {

	static final CircuitMetrics NONE = new CircuitMetrics(0, 0, -1, -1, 0, 0);

}
