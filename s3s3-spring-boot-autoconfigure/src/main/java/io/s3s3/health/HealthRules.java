package io.s3s3.health;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What the states of a location depend on: settings, time and chance. Thread-safe.
 *
 * @param settings the settings
 * @param time tells the time
 * @param random supplies random numbers from 0 to 1
 */
record HealthRules(HealthSettings settings, Ticker time, DoubleSupplier random) {

	Circuit closedCircuit() {
		return Circuit.closed(this.settings.circuit(), this.time);
	}

	Circuit circuitOnTrial() {
		return Circuit.onTrial(this.settings.circuit(), this.time);
	}

	OutcomeWindow noEvidence() {
		ProbeSettings probe = this.settings.probe();
		return new OutcomeWindow(probe.required(), probe.of());
	}

	Duration slowedBy() {
		return this.settings.circuit().slowedBy();
	}

	FailbackSettings failback() {
		return this.settings.failback();
	}

	Duration holdDownAfter(int relapses) {
		return jittered(failback().holdDown().after(relapses));
	}

	Duration rampStep() {
		return jittered(failback().rampStep());
	}

	private Duration jittered(Duration duration) {
		return duration.plusNanos((long) (duration.toNanos() * failback().jitter() * this.random.getAsDouble()));
	}

}
