package io.s3s3.health;

import java.time.Duration;
import java.util.List;

import org.springframework.util.Assert;

/**
 * How calls come back to home. Immutable.
 *
 * @param policy who decides it
 * @param holdDown how long calls stay away at least; it doubles with each relapse
 * @param maxHoldDown what it grows to at most
 * @param calmPeriod how long home must be up for the hold-down to halve again
 * @param ramp which part of the calls comes back in each step, in percent, ascending; an
 * empty ramp is none
 * @param rampStep how long a step lasts
 * @param jitter by how much hold-down and steps are longer at most, as a part of them
 * from 0 to 1, so that the instances of an application don't return as one
 * @since 0.1.0
 */
public record FailbackSettings(FailbackPolicy policy, Duration holdDown, Duration maxHoldDown, Duration calmPeriod,
		List<Integer> ramp, Duration rampStep, double jitter) {

	/**
	 * Automatic, after 30 seconds to 10 minutes, halved by 10 minutes of calm, with steps
	 * of 1, 10, 50 and 100 percent that last 10 seconds each, up to a fifth longer.
	 */
	public static final FailbackSettings DEFAULTS = new FailbackSettings(FailbackPolicy.AUTOMATIC,
			Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(10), List.of(1, 10, 50, 100),
			Duration.ofSeconds(10), 0.2);

	private static final int MAX_DOUBLINGS = 30;

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	public FailbackSettings {
		ramp = List.copyOf(ramp);
		Assert.notNull(policy, "policy is required");
		Assert.isTrue(!holdDown.isNegative(), "holdDown must not be negative");
		Assert.isTrue(maxHoldDown.compareTo(holdDown) >= 0, "maxHoldDown must be at least holdDown");
		Assert.isTrue(calmPeriod.compareTo(Duration.ZERO) > 0, "calmPeriod must be more than zero");
		Assert.isTrue(isAscending(ramp), "ramp must be ascending percentages from 1 to 100");
		Assert.isTrue(!rampStep.isNegative(), "rampStep must not be negative");
		Assert.isTrue(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1");
	}

	// The hold-down after a number of relapses, without jitter.
	Duration holdDownAfter(int relapses) {
		Duration grown = this.holdDown.multipliedBy(1L << Math.min(relapses, MAX_DOUBLINGS));
		return (grown.compareTo(this.maxHoldDown) < 0) ? grown : this.maxHoldDown;
	}

	private static boolean isAscending(List<Integer> ramp) {
		int last = 0;
		for (int percent : ramp) {
			if (percent <= last || percent > 100) {
				return false;
			}
			last = percent;
		}
		return true;
	}

}
