package io.s3s3.health;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How locations are probed. Immutable.
 *
 * @param enabled whether there are probes; without them, calls do the trial
 * @param interval the time between two probes of a location, give or take a fifth
 * @param required how many of the last probes must succeed, at least 1
 * @param of how many probes are the last, at least {@code required}
 * @param standby whether the location that is not home is probed while it is up
 * @since 0.1.0
 */
public record ProbeSettings(boolean enabled, Duration interval, int required, int of, boolean standby) {

	/**
	 * A probe each 2 seconds, of which 2 of 3 must succeed; none of a standby that is up.
	 */
	public static final ProbeSettings DEFAULTS = new ProbeSettings(true, Duration.ofSeconds(2), 2, 3, false);

	/**
	 * No probes.
	 */
	public static final ProbeSettings OFF = new ProbeSettings(false, DEFAULTS.interval, DEFAULTS.required, DEFAULTS.of,
			false);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	public ProbeSettings {
		Assert.isTrue(interval.compareTo(Duration.ZERO) > 0, "interval must be more than zero");
		Assert.isTrue(required >= 1 && required <= of, "required must be at least 1 and at most the number of probes");
	}

}
