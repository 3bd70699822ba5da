package io.s3s3.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.s3s3.internal.health.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * The failure rate and the slow call rate of the last calls. Repeated failures of one
 * subject count once, so that no single object can cause a rate. Thread-safe.
 */
final class CallRates {

	private final RateSettings settings;

	private final CallWindow window;

	/** The hash of the subject that failed last. */
	private final AtomicReference<@Nullable Integer> lastFailed = new AtomicReference<>();

	/** The hash of the subject that was slow last. */
	private final AtomicReference<@Nullable Integer> lastSlow = new AtomicReference<>();

	CallRates(RateSettings settings) {
		this.settings = settings;
		this.window = new CallWindow(settings.windowSize(), settings.minimumCalls());
	}

	// A success must not open a circuit for its failures, though it may complete the
	// number of calls that a rate needs.
	@Nullable StatusReason succeeded(Attempt attempt) {
		this.window.add(false, countsAsSlow(attempt));
		return bySlowCalls();
	}

	@Nullable StatusReason failed(Attempt attempt) {
		if (isRepeated(attempt, this.lastFailed)) {
			return null;
		}
		this.window.add(true, countsAsSlow(attempt));
		return isReached(this.settings.failureRate(), metrics().failureRate()) ? StatusReason.FAILURE_RATE
				: bySlowCalls();
	}

	CallWindow.Metrics metrics() {
		return this.window.metrics();
	}

	private @Nullable StatusReason bySlowCalls() {
		return (this.settings.slowCall() != null && isReached(this.settings.slowCallRate(), metrics().slowCallRate()))
				? StatusReason.SLOW_CALLS : null;
	}

	private boolean countsAsSlow(Attempt attempt) {
		Duration slow = this.settings.slowCall();
		boolean exceeded = slow != null && attempt.duration().compareTo(slow) > 0;
		return (exceeded || attempt.overtaken()) && !isRepeated(attempt, this.lastSlow);
	}

	private static boolean isReached(float threshold, @Nullable Float rate) {
		return rate != null && rate >= threshold;
	}

	private static boolean isRepeated(Attempt attempt, AtomicReference<@Nullable Integer> last) {
		Integer suspect = attempt.suspect();
		Integer before = last.getAndSet(suspect);
		return suspect != null && suspect.equals(before);
	}

}
