package io.s3s3.internal.call;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * When a call must end, whatever it is at. The SDK ends an attempt that would take
 * longer. Thread-safe.
 */
final class Deadline {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private final long started = System.nanoTime();

	/** Null for none; written by the caller's thread. */
	private volatile @Nullable Duration callTimeout;

	Deadline(@Nullable Duration callTimeout) {
		this.callTimeout = callTimeout;
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.started);
	}

	// The call has ended, though not all of what it gave: there is no hurry any more.
	void lift() {
		this.callTimeout = null;
	}

	boolean isOver() {
		Duration callTimeout = this.callTimeout;
		return callTimeout != null && elapsed().compareTo(callTimeout) >= 0;
	}

	// There is no point in beginning what must end at once.
	void requireTime() {
		Duration callTimeout = this.callTimeout;
		if (callTimeout != null && isOver()) {
			throw ApiCallTimeoutException.create(callTimeout.toMillis());
		}
	}

	// Why no other location was tried, null if there is time left.
	@Nullable String limit() {
		return isOver() ? "the call timeout of " + this.callTimeout + " is over" : null;
	}

	/**
	 * Return whether there is time left after a wait.
	 * @param wait how long to wait
	 * @param ownTimeout what else limits the call, {@code null} for nothing
	 */
	boolean allows(Duration wait, @Nullable Duration ownTimeout) {
		Duration then = elapsed().plus(wait);
		Duration callTimeout = this.callTimeout;
		return (callTimeout == null || then.compareTo(callTimeout) < 0)
				&& (ownTimeout == null || then.compareTo(ownTimeout) < 0);
	}

	S3Request limit(S3Request request) {
		Duration callTimeout = this.callTimeout;
		if (callTimeout == null) {
			return request;
		}
		Duration left = left(callTimeout);
		AwsRequestOverrideConfiguration.Builder configuration = request.overrideConfiguration()
			.map(AwsRequestOverrideConfiguration::toBuilder)
			.orElseGet(AwsRequestOverrideConfiguration::builder);
		Duration own = configuration.apiCallTimeout();
		configuration.apiCallTimeout((own != null) ? shorter(own, left) : left);
		return (S3Request) request.toBuilder().overrideConfiguration(configuration.build()).build();
	}

	private Duration left(Duration callTimeout) {
		Duration left = callTimeout.minus(elapsed());
		return (left.compareTo(SHORTEST) > 0) ? left : SHORTEST;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

}
