package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls return home.
 *
 * @param policy Whether calls return by themselves, or when an operator says so.
 * @param holdDown Minimum time that calls stay away. Doubles with each relapse.
 * @param maxHold How long calls for a key stay at the location that took its last write
 * while the other one does not have it.
 * @param maxHoldDown Maximum that the hold-down grows to.
 * @param calmPeriod Time that home must be up for the hold-down to halve.
 * @param ramp Percentages of the calls that return step by step. Empty for all at once.
 * @param rampStep Duration of a step.
 * @param jitter Maximum random extension of hold-down and steps, as a fraction, so that
 * the instances of an application do not return all at once.
 * @since 0.1.0
 */
public record FailbackProperties(@DefaultValue("automatic") Policy policy, @DefaultValue("30s") Duration holdDown,
		@DefaultValue("30m") Duration maxHold, @DefaultValue("10m") Duration maxHoldDown,
		@DefaultValue("10m") Duration calmPeriod, @Nullable List<Integer> ramp, @DefaultValue("10s") Duration rampStep,
		@DefaultValue("0.2") double jitter) {

	/**
	 * Who decides that calls return home.
	 */
	public enum Policy {

		/**
		 * Calls return when the hold-down is over.
		 */
		AUTOMATIC,

		/**
		 * Calls return when an operator says so, or when the other location is out.
		 */
		MANUAL

	}

}
