package io.s3s3.location;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the last calls failed, and which was slow. A circuit breaker of
 * Resilience4j counts them and decides nothing. Thread-safe.
 */
final class CallRates {

	private static final Duration NEVER = Duration.ofDays(365);

	private final CircuitSettings settings;

	private final CircuitBreaker breaker;

	private final AtomicLong calls = new AtomicLong();

	private final Suspects ofFailures = new Suspects();

	private final Suspects ofSlowness = new Suspects();

	CallRates(CircuitSettings settings, TimeSource time) {
		this.settings = settings;
		this.breaker = CircuitBreaker.of("s3s3", configOf(settings, time));
	}

	// A success must not open a circuit because of failures, though it may complete the
	// number of calls that a rate needs.
	@Nullable StatusReason succeeded(Attempt attempt) {
		this.breaker.onSuccess(attempt.duration().toNanos(), TimeUnit.NANOSECONDS);
		return bySlowCalls(noteIfSlow(attempt));
	}

	@Nullable StatusReason failed(Attempt attempt) {
		this.breaker.onError(attempt.duration().toNanos(), TimeUnit.NANOSECONDS, new AttemptFailed());
		long call = noteIfSlow(attempt);
		this.ofFailures.add(call, attempt.subject());
		return (metrics().getFailureRate() >= this.settings.failureRate()
				&& this.ofFailures.accuseLocation(firstInWindow(call))) ? StatusReason.FAILURE_RATE : bySlowCalls(call);
	}

	CircuitBreaker.Metrics metrics() {
		return this.breaker.getMetrics();
	}

	private long noteIfSlow(Attempt attempt) {
		long call = this.calls.getAndIncrement();
		Duration slow = this.settings.slowCall();
		if (slow != null && attempt.duration().compareTo(slow) > 0) {
			this.ofSlowness.add(call, attempt.subject());
		}
		return call;
	}

	private @Nullable StatusReason bySlowCalls(long call) {
		return (this.settings.slowCall() != null && metrics().getSlowCallRate() >= this.settings.slowCallRate()
				&& this.ofSlowness.accuseLocation(firstInWindow(call))) ? StatusReason.SLOW_CALLS : null;
	}

	private long firstInWindow(long lastCall) {
		return Math.max(0, lastCall - this.settings.windowSize() + 1);
	}

	private static CircuitBreakerConfig configOf(CircuitSettings settings, TimeSource time) {
		Duration slowCall = settings.slowCall();
		return CircuitBreakerConfig.custom()
			.clock(new TimeSourceClock(time))
			.slidingWindow(settings.windowSize(), settings.minimumCalls(), SlidingWindowType.COUNT_BASED)
			.failureRateThreshold(settings.failureRate())
			.slowCallRateThreshold((slowCall != null) ? settings.slowCallRate() : 100)
			.slowCallDurationThreshold((slowCall != null) ? slowCall : NEVER)
			.initialState(CircuitBreaker.State.METRICS_ONLY)
			.build();
	}

	/**
	 * What the circuit breaker takes for a failure.
	 */
	private static final class AttemptFailed extends Exception {

		private static final long serialVersionUID = 1L;

		AttemptFailed() {
			super("An attempt failed", null, false, false);
		}

	}

	/**
	 * The clock of a {@link TimeSource}.
	 */
	private static final class TimeSourceClock extends Clock {

		private final TimeSource time;

		TimeSourceClock(TimeSource time) {
			this.time = time;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.time.instant();
		}

	}

}
