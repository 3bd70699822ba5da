package io.s3s3.health;

import java.time.Duration;
import java.util.List;

import io.s3s3.internal.setting.Setting;

/**
 * How calls come back to home. Immutable.
 *
 * @param automatic whether they come back when the hold-down is over, or only when an
 * operator says so or the other location is out
 * @param holdDown how long they stay away at least
 * @param ramp which part of the calls comes back in each step, in percent, ascending; an
 * empty ramp is none
 * @param rampStep how long a step lasts
 * @param jitter by how much hold-down and steps are longer at most, as a part of them
 * from 0 to 1, so that the instances of an application don't return as one
 */
record FailbackSettings(boolean automatic, HoldDown holdDown, List<Integer> ramp, Duration rampStep, double jitter) {

	private static final int MAX_DOUBLINGS = 30;

	FailbackSettings {
		ramp = List.copyOf(ramp);
		Setting.of("s3s3.failback.ramp", ramp)
			.require(isAscending(ramp), "It must be percentages from 1 to 100, each more than the one before.");
		Setting.of("s3s3.failback.ramp-step", rampStep).notNegative();
		Setting.of("s3s3.failback.jitter", jitter).require(jitter >= 0 && jitter <= 1, "It must be from 0 to 1.");
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

	/**
	 * How long calls stay away from home at least.
	 *
	 * @param first how long after the first outage; it doubles with each relapse
	 * @param maximum what it grows to at most
	 * @param calmPeriod how long home must be up for it to halve again
	 */
	record HoldDown(Duration first, Duration maximum, Duration calmPeriod) {

		HoldDown {
			Setting.of("s3s3.failback.hold-down", first).notNegative();
			Setting.of("s3s3.failback.max-hold-down", maximum)
				.require(maximum.compareTo(first) >= 0,
						"It must be at least s3s3.failback.hold-down, which is " + first + ".")
				.notNegative();
			Setting.of("s3s3.failback.calm-period", calmPeriod).positive();
		}

		// Without jitter.
		Duration after(int relapses) {
			Duration grown = this.first.multipliedBy(1L << Math.min(relapses, MAX_DOUBLINGS));
			return (grown.compareTo(this.maximum) < 0) ? grown : this.maximum;
		}

	}

}
