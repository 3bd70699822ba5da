package io.s3s3.health;

/**
 * What the circuit of a location has counted since the location was last found to be
 * well.
 *
 * @param window what it knows about the last calls
 * @param consecutiveFailures how many failed since the last success
 * @param consecutiveThrottles how many were throttled since the last success
 */
record CircuitFigures(CallWindow.Metrics window, int consecutiveFailures, int consecutiveThrottles) {

}
