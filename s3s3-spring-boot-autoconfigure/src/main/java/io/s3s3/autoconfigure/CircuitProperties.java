package io.s3s3.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a location is considered failed.
 *
 * @param consecutiveFailures Number of failures in a row that take a location out.
 * @param withoutSuccess Time without any success before failures in a row take a location
 * out.
 * @param failureRate Percentage of failures among the last calls that takes a location
 * out.
 * @param windowSize Number of the last calls to consider.
 * @param minimumCalls Minimum number of calls for a rate to count.
 * @param consecutiveThrottles Number of throttled calls in a row that take a location
 * out.
 * @param slowCall Duration from which on a call counts as slow. Slow calls do not count
 * by default.
 * @param slowCallRate Percentage of slow calls among the last calls that takes a location
 * out.
 * @param slowedBy Time by which calls must take longer than usual before a location is
 * out, if its probes take as much longer than at their best and than those of the other
 * location. Zero for never.
 * @since 0.1.0
 */
public record CircuitProperties(@DefaultValue("3") int consecutiveFailures,
		@DefaultValue("100ms") Duration withoutSuccess, @DefaultValue("50") float failureRate,
		@DefaultValue("100") int windowSize, @DefaultValue("20") int minimumCalls,
		@DefaultValue("20") int consecutiveThrottles, @Nullable Duration slowCall,
		@DefaultValue("80") float slowCallRate, @DefaultValue("500ms") Duration slowedBy) {

}
