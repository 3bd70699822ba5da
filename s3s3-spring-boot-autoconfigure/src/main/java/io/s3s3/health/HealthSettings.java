package io.s3s3.health;

import java.time.Duration;
import java.util.List;

import io.s3s3.health.FailbackSettings.HoldDown;
import org.jspecify.annotations.Nullable;

/**
 * How the health of the locations is determined, and what follows from it. Created by a
 * {@linkplain #builder() builder}; its parts are internal to this package. Immutable.
 *
 * @param circuit when a location goes out
 * @param probe when it is found to be well again
 * @param failback how calls return to it
 * @since 0.1.0
 */
public record HealthSettings(CircuitSettings circuit, ProbeSettings probe, FailbackSettings failback) {

	/**
	 * The default settings.
	 */
	public static final HealthSettings DEFAULTS = builder().build();

	/**
	 * Create a builder that begins with the defaults, which suit a call a minute as well
	 * as a thousand a second.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds {@link HealthSettings}. Not thread-safe.
	 */
	public static final class Builder {

		private int consecutiveFailures = 3;

		private Duration withoutSuccess = Duration.ofMillis(100);

		private int consecutiveThrottles = 20;

		private int windowSize = 100;

		private int minimumCalls = 20;

		private float failureRate = 50;

		private @Nullable Duration slowCall;

		private float slowCallRate = 80;

		private Duration slowedBy = Duration.ofMillis(500);

		private Duration probeInterval = Duration.ofSeconds(2);

		private int requiredProbes = 2;

		private int lastProbes = 3;

		private boolean standbyProbed;

		private boolean automaticFailback = true;

		private Duration holdDown = Duration.ofSeconds(30);

		private Duration maxHoldDown = Duration.ofMinutes(10);

		private Duration calmPeriod = Duration.ofMinutes(10);

		private List<Integer> ramp = List.of(1, 10, 50, 100);

		private Duration rampStep = Duration.ofSeconds(10);

		private double jitter = 0.2;

		private Builder() {
		}

		/**
		 * Set how many calls fail in a row before a location is out.
		 * @param failures the number, at least 1
		 * @return this builder
		 */
		public Builder consecutiveFailures(int failures) {
			this.consecutiveFailures = failures;
			return this;
		}

		/**
		 * Set for how long no call must have succeeded before failures in a row take a
		 * location out, so that a handful of connections that break at once are not an
		 * outage.
		 * @param duration the duration
		 * @return this builder
		 */
		public Builder withoutSuccess(Duration duration) {
			this.withoutSuccess = duration;
			return this;
		}

		/**
		 * Set how many calls in a row are throttled before a location is out.
		 * @param throttles the number, at least 1
		 * @return this builder
		 */
		public Builder consecutiveThrottles(int throttles) {
			this.consecutiveThrottles = throttles;
			return this;
		}

		/**
		 * Set which calls rates are computed from.
		 * @param size how many of the last calls to consider, at most a million
		 * @param minimumCalls how many calls there must be for a rate to count
		 * @return this builder
		 */
		public Builder window(int size, int minimumCalls) {
			this.windowSize = size;
			this.minimumCalls = minimumCalls;
			return this;
		}

		/**
		 * Set the percentage of the last calls that must fail before a location is out.
		 * @param percent more than 0, at most 100
		 * @return this builder
		 */
		public Builder failureRate(float percent) {
			this.failureRate = percent;
			return this;
		}

		/**
		 * Set the percentage of the last calls that must be slow before a location is
		 * out.
		 * @param duration the duration from which on a call is slow, or {@code null} if
		 * none is
		 * @param percent more than 0, at most 100
		 * @return this builder
		 */
		public Builder slowCalls(@Nullable Duration duration, float percent) {
			this.slowCall = duration;
			this.slowCallRate = percent;
			return this;
		}

		/**
		 * Set how much a location must slow down before it is out: its calls take that
		 * much longer than usual, and at least three times as long, and its probes take
		 * that much longer than at their best and than those of the other location.
		 * Without a {@link ProbeScheduler}, or while the other location is not well,
		 * slowness takes no location out.
		 * @param duration the time, or zero if slowness never takes it out
		 * @return this builder
		 */
		public Builder slowedBy(Duration duration) {
			this.slowedBy = duration;
			return this;
		}

		/**
		 * Set the time between two probes of a location.
		 * @param interval the time, give or take a fifth
		 * @return this builder
		 */
		public Builder probeInterval(Duration interval) {
			this.probeInterval = interval;
			return this;
		}

		/**
		 * Set how many probes must succeed before a location is well again.
		 * @param required how many, at least 1
		 * @param of of how many of the last probes count, at most 1000
		 * @return this builder
		 */
		public Builder requiredProbes(int required, int of) {
			this.requiredProbes = required;
			this.lastProbes = of;
			return this;
		}

		/**
		 * Set whether the location that is not home is probed while it is up.
		 * @param probed whether it is
		 * @return this builder
		 */
		public Builder standbyProbed(boolean probed) {
			this.standbyProbed = probed;
			return this;
		}

		/**
		 * Set whether calls return home when the hold-down is over, rather than only when
		 * an operator says so or the other location is out.
		 * @param automatic whether they do
		 * @return this builder
		 */
		public Builder automaticFailback(boolean automatic) {
			this.automaticFailback = automatic;
			return this;
		}

		/**
		 * Set the minimum time that calls stay away from home.
		 * @param first the time after the first outage; it doubles with each relapse
		 * @param maximum the maximum that it grows to
		 * @param calmPeriod how long home must be up for it to halve again
		 * @return this builder
		 */
		public Builder holdDown(Duration first, Duration maximum, Duration calmPeriod) {
			this.holdDown = first;
			this.maxHoldDown = maximum;
			this.calmPeriod = calmPeriod;
			return this;
		}

		/**
		 * Set how calls return step by step.
		 * @param percentages the percentage of calls that return in each step, ascending;
		 * if empty, all return at once
		 * @return this builder
		 */
		public Builder ramp(List<Integer> percentages) {
			this.ramp = percentages;
			return this;
		}

		/**
		 * Set how long a step of the ramp lasts.
		 * @param duration the duration
		 * @return this builder
		 */
		public Builder rampStep(Duration duration) {
			this.rampStep = duration;
			return this;
		}

		/**
		 * Set the maximum random extension of hold-down and steps, so that the instances
		 * of an application do not return all at once.
		 * @param part the fraction, from 0 to 1
		 * @return this builder
		 */
		public Builder jitter(double part) {
			this.jitter = part;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if a value is out of its bounds
		 */
		public HealthSettings build() {
			RateSettings rates = new RateSettings(this.windowSize, this.minimumCalls, this.failureRate, this.slowCall,
					this.slowCallRate);
			HoldDown holdDown = new HoldDown(this.holdDown, this.maxHoldDown, this.calmPeriod);
			return new HealthSettings(
					new CircuitSettings(this.consecutiveFailures, this.withoutSuccess, this.consecutiveThrottles, rates,
							this.slowedBy),
					new ProbeSettings(this.probeInterval, this.requiredProbes, this.lastProbes, this.standbyProbed),
					new FailbackSettings(this.automaticFailback, holdDown, this.ramp, this.rampStep, this.jitter));
		}

	}

}
