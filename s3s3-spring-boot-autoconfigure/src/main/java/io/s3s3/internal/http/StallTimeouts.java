package io.s3s3.internal.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Limits on how long a peer may move no byte, and on how slowly it may move bytes.
 *
 * @param connectTimeout how long the HTTP client waits for a connection to one address,
 * more than zero
 * @param writeTimeout how long the peer may take no byte of a body, more than zero
 * @param readTimeouts how long it may send no byte
 * @param minimumRate the minimum rate at which it must move bytes, or {@code null} for
 * none
 */
public record StallTimeouts(Duration connectTimeout, Duration writeTimeout, ReadTimeouts readTimeouts,
		@Nullable MinimumRate minimumRate) {

	/**
	 * Create timeouts.
	 */
	public StallTimeouts {
		Assert.isTrue(connectTimeout.toNanos() > 0,
				() -> "The connect timeout must be more than zero, not " + connectTimeout);
		Assert.isTrue(writeTimeout.toNanos() > 0,
				() -> "The write timeout must be more than zero, not " + writeTimeout);
	}

	/**
	 * Return how long everything before an answer may take, apart from sending the body:
	 * credentials, a connection of the pool, the name, connecting to any of its
	 * addresses, TLS, permission to send the body, and the head of the answer.
	 * @param readTimeout the read timeout of the request
	 * @return the time
	 */
	public Duration beforeAnswer(Duration readTimeout) {
		return this.connectTimeout.plus(readTimeout);
	}

	/**
	 * Return how long the answer may take once all of the body is passed on, in
	 * nanoseconds. The read timeout ends that wait by itself, unless the body is still in
	 * a blocked write or the answer trickles in.
	 */
	long answerNanosAfterBody(Duration readTimeout) {
		long period = (this.minimumRate != null) ? this.minimumRate.period().toNanos() : 0;
		return readTimeout.toNanos() + period;
	}

}
