package io.s3s3.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the last calls failed, and which was slow. A circuit breaker of
 * Resilience4j counts them and decides nothing. What happens again and again to one
 * subject counts once, so that no single object makes a rate. Thread-safe.
 */
final class CallRates {

	private static final Duration NEVER = Duration.ofDays(365);

	private final CircuitSettings settings;

	private final CircuitBreaker breaker;

	/** The hash of the subject that failed last. */
	private final AtomicReference<@Nullable Integer> lastFailed = new AtomicReference<>();

	/** The hash of the subject that was slow last. */
	private final AtomicReference<@Nullable Integer> lastSlow = new AtomicReference<>();

	CallRates(CircuitSettings settings, Ticker time) {
		this.settings = settings;
		this.breaker = CircuitBreaker.of("s3s3", configOf(settings, time));
	}

	// A success must not open a circuit because of failures, though it may complete the
	// number of calls that a rate needs.
	@Nullable StatusReason succeeded(Attempt attempt) {
		this.breaker.onSuccess(countedDuration(attempt).toNanos(), TimeUnit.NANOSECONDS);
		return bySlowCalls();
	}

	@Nullable StatusReason failed(Attempt attempt) {
		if (isRepeated(attempt, this.lastFailed)) {
			return null;
		}
		this.breaker.onError(countedDuration(attempt).toNanos(), TimeUnit.NANOSECONDS, new AttemptFailed());
		return (metrics().getFailureRate() >= this.settings.failureRate()) ? StatusReason.FAILURE_RATE : bySlowCalls();
	}

	CircuitBreaker.Metrics metrics() {
		return this.breaker.getMetrics();
	}

	private @Nullable StatusReason bySlowCalls() {
		return (this.settings.slowCall() != null && metrics().getSlowCallRate() >= this.settings.slowCallRate())
				? StatusReason.SLOW_CALLS : null;
	}

	private Duration countedDuration(Attempt attempt) {
		Duration slow = this.settings.slowCall();
		boolean isSlow = slow != null && attempt.duration().compareTo(slow) > 0;
		return (isSlow && isRepeated(attempt, this.lastSlow)) ? Duration.ZERO : attempt.duration();
	}

	private static boolean isRepeated(Attempt attempt, AtomicReference<@Nullable Integer> last) {
		Integer suspect = attempt.suspect();
		Integer before = last.getAndSet(suspect);
		return suspect != null && suspect.equals(before);
	}

	private static CircuitBreakerConfig configOf(CircuitSettings settings, Ticker time) {
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
	 * The clock of a {@link Ticker}.
	 */
	private static final class TimeSourceClock extends Clock {

		private final Ticker time;

		TimeSourceClock(Ticker time) {
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
