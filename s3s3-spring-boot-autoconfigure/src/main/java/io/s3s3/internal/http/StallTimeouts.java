package io.s3s3.internal.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How long a peer may move no byte, and how few bytes it may move.
 *
 * @param connectTimeout how long the HTTP client waits for a connection to one address,
 * more than zero
 * @param writeTimeout how long the peer may take no byte of a body, more than zero
 * @param readTimeouts how long it may send no byte
 * @param minimumRate how many bytes it must move at least, {@code null} for any
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
	 * Return how long all may take that comes before an answer, apart from the body that
	 * is sent: credentials, a connection of the pool, the name, connecting to whatever
	 * addresses, TLS, the leave to send the body, and the head of the answer.
	 * @param readTimeout the read timeout of the request
	 * @return the time
	 */
	public Duration beforeAnswer(Duration readTimeout) {
		return this.connectTimeout.plus(readTimeout);
	}

	/**
	 * Return how long the answer may take once all of the body is handed over. The read
	 * timeout ends that wait by itself, unless the body is still in a blocked write or
	 * the answer drips.
	 */
	long answerNanosAfterBody(Duration readTimeout) {
		long period = (this.minimumRate != null) ? this.minimumRate.period().toNanos() : 0;
		return readTimeout.toNanos() + period;
	}

}
