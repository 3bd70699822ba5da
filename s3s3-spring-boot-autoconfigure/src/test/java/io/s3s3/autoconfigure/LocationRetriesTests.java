package io.s3s3.autoconfigure;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocationRetries}.
 */
class LocationRetriesTests {

	private final RetryStrategy strategy = LocationRetries.strategy();

	private final RetryToken first = this.strategy.acquireInitialToken(AcquireInitialTokenRequest.create("call"))
		.token();

	@RepeatedTest(50)
	void triesAgainSoonButNotAtOnce() {
		Duration delay = this.strategy.refreshRetryToken(after(new SocketException("Connection reset"))).delay();

		assertThat(delay).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
	}

	@Test
	void doesNotTryAgainAfterATimeout() {
		assertThatExceptionOfType(TokenAcquisitionFailedException.class)
			.isThrownBy(() -> this.strategy.refreshRetryToken(after(new SocketTimeoutException("Read timed out"))));
	}

	private RefreshRetryTokenRequest after(Exception cause) {
		return RefreshRetryTokenRequest.builder()
			.token(this.first)
			.failure(SdkClientException.create("Unable to execute HTTP request", cause))
			.build();
	}

}
