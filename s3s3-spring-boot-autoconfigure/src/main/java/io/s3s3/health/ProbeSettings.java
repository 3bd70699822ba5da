package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;

/**
 * How locations are probed. Immutable.
 *
 * @param interval the time between two probes of a location, give or take a fifth
 * @param required how many of the last probes must succeed
 * @param of how many probes count as the last
 * @param standby whether the location that is not home is probed while it is up
 */
record ProbeSettings(Duration interval, int required, int of, boolean standby) {

	private static final int MAX_PROBES = 1000;

	ProbeSettings {
		Setting.of("s3s3.probe.interval", interval).positive();
		Setting.of("s3s3.probe.of", of).atMost(MAX_PROBES);
		Setting.of("s3s3.probe.required", required)
			.atLeast(1)
			.require(required <= of, "It must be at most s3s3.probe.of, which is " + of + ".");
	}

}
