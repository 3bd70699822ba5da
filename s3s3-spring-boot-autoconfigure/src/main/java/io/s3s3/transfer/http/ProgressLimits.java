package io.s3s3.transfer.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How long a peer may move no byte, and how few it may move.
 *
 * @param writeTimeout how long it may take no byte of a body, more than zero
 * @param readTimeout how long the HTTP client waits between two reads, more than zero
 * @param minimumRate how many bytes it must move at least, {@code null} for any
 * @since 0.1.0
 */
public record ProgressLimits(Duration writeTimeout, Duration readTimeout, @Nullable MinimumRate minimumRate) {

	/**
	 * Create limits.
	 */
	public ProgressLimits {
		Assert.isTrue(writeTimeout.toNanos() > 0,
				() -> "The write timeout must be more than zero, not " + writeTimeout);
		Assert.isTrue(readTimeout.toNanos() > 0, () -> "The read timeout must be more than zero, not " + readTimeout);
	}

	// How long a request without a body may take to its answer, connecting included. By
	// itself the read timeout begins anew with each byte of the answer's head.
	long answerNanos() {
		return (this.minimumRate != null) ? answerNanosAfterBody() : Wait.UNLIMITED;
	}

	// How long the answer may take when all of the body is handed over. The read timeout
	// ends that wait by itself, unless the body is still in a blocked write or the answer
	// drips.
	long answerNanosAfterBody() {
		long period = (this.minimumRate != null) ? this.minimumRate.period().toNanos() : 0;
		return this.readTimeout.toNanos() + period;
	}

}
