package io.s3s3.location;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * Counts the attempts at a location from when it was found well until it is found not to
 * be. Rates are counted by a circuit breaker of Resilience4j, which decides nothing;
 * beside it stand the rules for failures and throttles in a row, which need few calls.
 * Thread-safe, opens once.
 */
final class Circuit {

	private static final Duration NEVER = Duration.ofDays(365);

	private final CircuitSettings settings;

	private final long started;

	private final CircuitBreaker rates;

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicInteger throttles = new AtomicInteger();

	/** When the last success ended. */
	private volatile long lastSuccess;

	/** When the newest attempt that succeeded began, as far as races let it be known. */
	private volatile long newestSuccess;

	private volatile boolean proven;

	private Circuit(CircuitSettings settings, TimeSource time, boolean proven) {
		this.settings = settings;
		this.started = time.nanoTime();
		this.lastSuccess = this.started;
		this.newestSuccess = this.started;
		this.proven = proven;
		this.rates = CircuitBreaker.of("s3s3", configOf(settings, time));
	}

	static Circuit closed(CircuitSettings settings, TimeSource time) {
		return new Circuit(settings, time, true);
	}

	// A circuit that opens with the first failure before the first success.
	static Circuit onTrial(CircuitSettings settings, TimeSource time) {
		return new Circuit(settings, time, false);
	}

	// What an attempt shows that began under another circuit is about the past.
	boolean concerns(Attempt attempt) {
		return attempt.started() - this.started >= 0;
	}

	@Nullable StatusReason succeeded(Attempt attempt) {
		this.rates.onSuccess(attempt.duration().toNanos(), TimeUnit.NANOSECONDS);
		this.lastSuccess = attempt.ended();
		if (attempt.started() - this.newestSuccess > 0) {
			this.newestSuccess = attempt.started();
		}
		this.proven = true;
		reset(this.failures);
		reset(this.throttles);
		return (this.settings.slowCall() != null) ? bySlowCalls() : null;
	}

	@Nullable StatusReason failed(Attempt attempt) {
		this.rates.onError(attempt.duration().toNanos(), TimeUnit.NANOSECONDS, new AttemptFailed());
		if (attempt.started() - this.newestSuccess < 0) {
			// It hung until after younger attempts succeeded: no failure in a row.
			return byRates();
		}
		int inARow = this.failures.incrementAndGet();
		if (!this.proven) {
			return StatusReason.TRIAL_FAILED;
		}
		if (inARow >= this.settings.consecutiveFailures()
				&& attempt.ended() - this.lastSuccess >= this.settings.withoutSuccess().toNanos()) {
			return StatusReason.CONSECUTIVE_FAILURES;
		}
		return byRates();
	}

	@Nullable StatusReason throttled() {
		return (this.throttles.incrementAndGet() >= this.settings.consecutiveThrottles()) ? StatusReason.THROTTLED
				: null;
	}

	CircuitFigures figures() {
		CircuitBreaker.Metrics metrics = this.rates.getMetrics();
		return new CircuitFigures(metrics.getNumberOfBufferedCalls(), metrics.getNumberOfFailedCalls(),
				metrics.getFailureRate(), metrics.getSlowCallRate(), this.failures.get(), this.throttles.get());
	}

	// Only a failure opens it: a success must not, though it may complete the number of
	// calls that a rate needs.
	private @Nullable StatusReason byRates() {
		return (this.rates.getMetrics().getFailureRate() >= this.settings.failureRate()) ? StatusReason.FAILURE_RATE
				: bySlowCalls();
	}

	private @Nullable StatusReason bySlowCalls() {
		return (this.settings.slowCall() != null
				&& this.rates.getMetrics().getSlowCallRate() >= this.settings.slowCallRate()) ? StatusReason.SLOW_CALLS
						: null;
	}

	// Most calls find nothing to reset.
	private static void reset(AtomicInteger counter) {
		if (counter.get() != 0) {
			counter.set(0);
		}
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
