package io.s3s3.internal.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * When a call must end, whatever it is at. The SDK ends an attempt that would take
 * longer. Immutable.
 */
final class Deadline {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private final long started = System.nanoTime();

	private final @Nullable Duration callTimeout;

	Deadline(@Nullable Duration callTimeout) {
		this.callTimeout = callTimeout;
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.started);
	}

	boolean isOver() {
		return this.callTimeout != null && elapsed().compareTo(this.callTimeout) >= 0;
	}

	// Why no other location was tried, null if there is time left.
	@Nullable String limit() {
		return isOver() ? "the call timeout of " + this.callTimeout + " is over" : null;
	}

	Duration atMost(Duration duration) {
		return (this.callTimeout != null) ? shorter(duration, left(this.callTimeout)) : duration;
	}

	S3Request limit(S3Request request) {
		if (this.callTimeout == null) {
			return request;
		}
		Duration left = left(this.callTimeout);
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
