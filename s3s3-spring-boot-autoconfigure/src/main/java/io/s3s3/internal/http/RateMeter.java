package io.s3s3.internal.http;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Compares the bytes of one direction with the minimum rate, period by period. Not
 * thread-safe.
 */
final class RateMeter {

	/** Counts nothing, so it can be shared. */
	private static final RateMeter OFF = new RateMeter(null);

	private final @Nullable MinimumRate minimum;

	private long bytes;

	private long waited;

	private RateMeter(@Nullable MinimumRate minimum) {
		this.minimum = minimum;
	}

	static RateMeter of(@Nullable MinimumRate minimum) {
		return (minimum != null) ? new RateMeter(minimum) : OFF;
	}

	/**
	 * Return whether there is a minimum rate, so that it is worth reading the clock.
	 */
	boolean isOn() {
		return this.minimum != null;
	}

	/**
	 * Count bytes.
	 * @param bytes how many were moved
	 * @param nanos how long the peer took for them
	 * @throws SocketTimeoutException if a period ends with too few
	 */
	void count(long bytes, long nanos) throws SocketTimeoutException {
		if (this.minimum == null) {
			return;
		}
		this.bytes += bytes;
		this.waited += nanos;
		if (this.waited < this.minimum.period().toNanos()) {
			return;
		}
		if (!this.minimum.allows(this.bytes, this.waited)) {
			throw new SocketTimeoutException("Too slow: %d bytes in %d ms, the minimum rate is %d bytes a second"
				.formatted(this.bytes, TimeUnit.NANOSECONDS.toMillis(this.waited), this.minimum.perSecond().toBytes()));
		}
		this.bytes = 0;
		this.waited = 0;
	}

}
