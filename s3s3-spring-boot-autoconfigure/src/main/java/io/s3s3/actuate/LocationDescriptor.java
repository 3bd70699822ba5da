package io.s3s3.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.s3s3.health.LocationSnapshot;
import io.s3s3.health.ProbeReport;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows of a location.
 */
final class LocationDescriptor {

	private final LocationSnapshot location;

	LocationDescriptor(LocationSnapshot location) {
		this.location = location;
	}

	public String getStatus() {
		return this.location.status().tag();
	}

	public String getReason() {
		return this.location.reason().tag();
	}

	public Instant getSince() {
		return this.location.since();
	}

	public Circuit getCircuit() {
		return new Circuit(this.location.circuit());
	}

	public @Nullable Integer getRampPercent() {
		return this.location.rampPercent();
	}

	public @Nullable Instant getHoldDownEnd() {
		return this.location.holdDownEnd();
	}

	public int getRelapses() {
		return this.location.relapses();
	}

	public List<LocationSnapshot.Error> getLastErrors() {
		return this.location.lastErrors();
	}

	public @Nullable Probe getLastProbe() {
		ProbeReport probe = this.location.lastProbe();
		return (probe != null) ? new Probe(probe.result().tag(), probe.cause(), probe.duration(), probe.time()) : null;
	}

	/**
	 * What the circuit of a location has counted.
	 */
	static final class Circuit {

		private final LocationSnapshot.CircuitMetrics metrics;

		Circuit(LocationSnapshot.CircuitMetrics metrics) {
			this.metrics = metrics;
		}

		public int getCalls() {
			return this.metrics.window().calls();
		}

		public int getFailures() {
			return this.metrics.window().failures();
		}

		public @Nullable Float getFailureRate() {
			return this.metrics.window().failureRate();
		}

		public @Nullable Float getSlowCallRate() {
			return this.metrics.window().slowCallRate();
		}

		public int getConsecutiveFailures() {
			return this.metrics.consecutiveFailures();
		}

		public int getConsecutiveThrottles() {
			return this.metrics.consecutiveThrottles();
		}

	}

	/**
	 * The last probe of a location.
	 */
	record Probe(String result, @Nullable String cause, Duration duration, Instant time) {

	}

}
