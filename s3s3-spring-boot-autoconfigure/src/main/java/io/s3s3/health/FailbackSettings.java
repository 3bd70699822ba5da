package io.s3s3.health;

import java.time.Duration;
import java.util.List;

import io.s3s3.internal.setting.Setting;

/**
 * How calls return home. Immutable.
 *
 * @param automatic whether they return when the hold-down is over, or only when an
 * operator says so or the other location is out
 * @param holdDown the minimum time that they stay away
 * @param ramp the percentage of calls that return in each step, ascending; if empty, all
 * return at once
 * @param rampStep how long a step lasts
 * @param jitter the maximum random extension of hold-down and steps, as a fraction from 0
 * to 1, so that the instances of an application do not return all at once
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
	 * The minimum time that calls stay away from home.
	 *
	 * @param first the time after the first outage; it doubles with each relapse
	 * @param maximum the maximum that it grows to
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
