package io.s3s3.health;

import org.springframework.util.Assert;

/**
 * How the health of the locations is found out, and what follows from it. Immutable.
 *
 * @param circuit when a location goes out
 * @param probe how it is found to be well again
 * @param failback how calls come back to it
 * @since 0.1.0
 */
public record HealthSettings(CircuitSettings circuit, ProbeSettings probe, FailbackSettings failback) {

	/**
	 * What an application gets that sets nothing.
	 */
	public static final HealthSettings DEFAULTS = new HealthSettings(CircuitSettings.DEFAULTS, ProbeSettings.DEFAULTS,
			FailbackSettings.DEFAULTS);

	/**
	 * Create settings.
	 */
	public HealthSettings {
		Assert.notNull(circuit, "circuit is required");
		Assert.notNull(probe, "probe is required");
		Assert.notNull(failback, "failback is required");
	}

	/**
	 * Return these settings without probes: calls do the trial.
	 * @return the settings
	 */
	public HealthSettings withoutProbes() {
		return new HealthSettings(this.circuit, ProbeSettings.OFF, this.failback);
	}

}
