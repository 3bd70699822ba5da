package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls come back to home.
 *
 * @param policy Whether calls come back by themselves, or when an operator says so.
 * @param holdDown Minimum time that calls stay away. Doubles with each relapse.
 * @param maxHoldDown Maximum that the hold-down grows to.
 * @param calmPeriod Time that home must be up for the hold-down to halve.
 * @param ramp Percentages of the calls that come back step by step. Empty for all at
 * once.
 * @param rampStep Duration of a step.
 * @param jitter Part by which hold-down and steps are longer at most, so that the
 * instances of an application do not return as one.
 * @since 0.1.0
 */
public record FailbackProperties(@DefaultValue("automatic") Policy policy, @DefaultValue("30s") Duration holdDown,
		@DefaultValue("10m") Duration maxHoldDown, @DefaultValue("10m") Duration calmPeriod,
		@Nullable List<Integer> ramp, @DefaultValue("10s") Duration rampStep, @DefaultValue("0.2") double jitter) {

	/**
	 * Who decides that calls come back to home.
	 */
	public enum Policy {

		/**
		 * Calls come back when the hold-down is over.
		 */
		AUTOMATIC,

		/**
		 * Calls come back when an operator says so, or when the other location is out.
		 */
		MANUAL

	}

}
