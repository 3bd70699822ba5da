package io.s3s3.internal.http;

import java.time.Duration;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * The minimum rate at which a peer must move bytes. Only time spent waiting for the peer
 * counts.
 *
 * @param perSecond the bytes per second, more than zero
 * @param period the period of waiting over which it is measured, more than zero
 */
public record MinimumRate(DataSize perSecond, Duration period) {

	/**
	 * Create a rate.
	 */
	public MinimumRate {
		Assert.isTrue(perSecond.toBytes() > 0, () -> "The minimum rate must be more than zero, not " + perSecond);
		Assert.isTrue(period.toNanos() > 0,
				() -> "The period of the minimum rate must be more than zero, not " + period);
	}

	boolean allows(long bytes, long nanos) {
		return bytes * 1e9 >= this.perSecond.toBytes() * (double) nanos;
	}

}
