package io.s3s3.internal.call;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * When a call must end, whatever it is doing. The SDK ends an attempt that would take
 * longer. Time is an argument, by {@link System#nanoTime()}. Thread-safe.
 */
public final class Deadline {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private final long started;

	/** Null for no deadline; written by the driver of the call. */
	private volatile @Nullable Duration callTimeout;

	Deadline(long started, @Nullable Duration callTimeout) {
		this.started = started;
		this.callTimeout = callTimeout;
	}

	/**
	 * Return how long the call has taken.
	 * @param now the time
	 * @return the duration
	 */
	public Duration elapsed(long now) {
		return Duration.ofNanos(now - this.started);
	}

	/**
	 * Lift the deadline: the call has ended, but its result lives on.
	 */
	void lift() {
		this.callTimeout = null;
	}

	boolean isOver(long now) {
		Duration callTimeout = this.callTimeout;
		return callTimeout != null && elapsed(now).compareTo(callTimeout) >= 0;
	}

	/**
	 * Return how much time is left for a request.
	 * @param request the request, which may have a limit of its own
	 * @param now the time
	 * @return the time, or {@code null} for no limit
	 */
	public @Nullable Duration left(S3Request request, long now) {
		Duration callTimeout = this.callTimeout;
		Duration own = request.overrideConfiguration()
			.flatMap(RequestOverrideConfiguration::apiCallTimeout)
			.orElse(null);
		Duration limit = (callTimeout == null || (own != null && own.compareTo(callTimeout) < 0)) ? own : callTimeout;
		return (limit != null) ? limit.minus(elapsed(now)) : null;
	}

	/**
	 * Return why no other location was tried, or {@code null} if there is time left.
	 */
	@Nullable String reason(long now) {
		return isOver(now) ? "the call timeout of " + this.callTimeout + " is over" : null;
	}

	/**
	 * Return whether there is time left after a wait.
	 * @param wait how long to wait
	 * @param ownTimeout another limit of the call, or {@code null} for none
	 * @param now the time
	 */
	boolean allows(Duration wait, @Nullable Duration ownTimeout, long now) {
		Duration then = elapsed(now).plus(wait);
		Duration callTimeout = this.callTimeout;
		return (callTimeout == null || then.compareTo(callTimeout) < 0)
				&& (ownTimeout == null || then.compareTo(ownTimeout) < 0);
	}

	/**
	 * Return a request that is limited to the time that is left.
	 * @throws ApiCallTimeoutException if none is left
	 */
	S3Request limited(S3Request request, long now) {
		Duration callTimeout = this.callTimeout;
		if (callTimeout == null) {
			return request;
		}
		if (isOver(now)) {
			throw ApiCallTimeoutException.create(callTimeout.toMillis());
		}
		Duration left = longer(callTimeout.minus(elapsed(now)), SHORTEST);
		AwsRequestOverrideConfiguration.Builder configuration = request.overrideConfiguration()
			.map(AwsRequestOverrideConfiguration::toBuilder)
			.orElseGet(AwsRequestOverrideConfiguration::builder);
		Duration own = configuration.apiCallTimeout();
		configuration.apiCallTimeout((own != null && own.compareTo(left) < 0) ? own : left);
		return (S3Request) request.toBuilder().overrideConfiguration(configuration.build()).build();
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

}
