package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;

/**
 * When the circuit of a location opens. Immutable.
 *
 * @param consecutiveFailures how many calls in a row fail before it opens
 * @param withoutSuccess for how long no call must have succeeded by then, so that a
 * handful of connections that break at once are not an outage
 * @param consecutiveThrottles how many calls in a row are throttled before it opens
 * @param rates which rates of the last calls open it
 * @param slowedBy how much longer than usual, and than at the other location, calls and
 * probes take before it opens, or zero if that never opens it
 */
record CircuitSettings(int consecutiveFailures, Duration withoutSuccess, int consecutiveThrottles, RateSettings rates,
		Duration slowedBy) {

	CircuitSettings {
		Setting.of("s3s3.circuit.consecutive-failures", consecutiveFailures).atLeast(1);
		Setting.of("s3s3.circuit.without-success", withoutSuccess).notNegative();
		Setting.of("s3s3.circuit.consecutive-throttles", consecutiveThrottles).atLeast(1);
		Setting.of("s3s3.circuit.slowed-by", slowedBy).notNegative();
	}

}
