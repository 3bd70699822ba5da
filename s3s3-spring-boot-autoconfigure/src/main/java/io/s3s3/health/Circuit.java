package io.s3s3.health;

import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.internal.health.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Counts the attempts at a location from when it was found well until it is found not to
 * be: by their rates and, which needs few calls, in a row. Failures that one subject can
 * be to blame for, such as an object that cannot be read there, never open it.
 * Thread-safe, opens once.
 */
final class Circuit {

	private final CircuitSettings settings;

	private final long started;

	private final CallRates rates;

	/** How many failed in a row. Written under the lock of "this". */
	private volatile int failures;

	/** The hash of the subject of the first of them. Guarded by "this". */
	private @Nullable Integer suspect;

	/** Whether no single subject can be to blame for them. Guarded by "this". */
	private boolean locationToBlame;

	private final AtomicInteger throttles = new AtomicInteger();

	/** When the last success ended. */
	private volatile long lastSuccess;

	/** When the newest attempt that succeeded began, as far as races let it be known. */
	private volatile long newestSuccess;

	private volatile boolean proven;

	private Circuit(CircuitSettings settings, Ticker time, boolean proven) {
		this.settings = settings;
		this.started = time.nanoTime();
		this.lastSuccess = this.started;
		this.newestSuccess = this.started;
		this.proven = proven;
		this.rates = new CallRates(settings.rates());
	}

	static Circuit closed(CircuitSettings settings, Ticker time) {
		return new Circuit(settings, time, true);
	}

	/**
	 * Return a circuit that opens with the first failure before the first success.
	 */
	static Circuit onTrial(CircuitSettings settings, Ticker time) {
		return new Circuit(settings, time, false);
	}

	// What began under another circuit is about the past.
	boolean concerns(long started) {
		return started - this.started >= 0;
	}

	/**
	 * Return whether it began before a success did, so that its failure is old news.
	 */
	boolean isOutdated(long started) {
		return started - this.newestSuccess < 0;
	}

	@Nullable StatusReason succeeded(Attempt attempt) {
		this.lastSuccess = attempt.ended();
		if (attempt.started() - this.newestSuccess > 0) {
			this.newestSuccess = attempt.started();
		}
		this.proven = true;
		forgetWhatWasInARow();
		return this.rates.succeeded(attempt);
	}

	@Nullable StatusReason failed(Attempt attempt) {
		StatusReason byRates = this.rates.failed(attempt);
		// One that hung until after younger attempts succeeded is no failure in a row.
		StatusReason inARow = isOutdated(attempt.started()) ? null : failedInARow(attempt);
		return (inARow != null) ? inARow : byRates;
	}

	private synchronized @Nullable StatusReason failedInARow(Attempt attempt) {
		Integer suspect = attempt.suspect();
		if (this.failures++ == 0) {
			this.suspect = suspect;
		}
		this.locationToBlame |= suspect == null || !suspect.equals(this.suspect);
		if (!this.locationToBlame) {
			return null;
		}
		if (!this.proven) {
			return StatusReason.TRIAL_FAILED;
		}
		return (this.failures >= this.settings.consecutiveFailures()
				&& attempt.ended() - this.lastSuccess >= this.settings.withoutSuccess().toNanos())
						? StatusReason.CONSECUTIVE_FAILURES : null;
	}

	@Nullable StatusReason throttled(Attempt attempt) {
		if (isOutdated(attempt.started())) {
			return null;
		}
		return (this.throttles.incrementAndGet() >= this.settings.consecutiveThrottles()) ? StatusReason.THROTTLED
				: null;
	}

	/**
	 * Return whether as many attempts failed in a row as take a location out, though that
	 * may be due to what they asked for: a probe can tell.
	 */
	boolean isInDoubt() {
		return this.failures >= this.settings.consecutiveFailures();
	}

	CircuitFigures figures() {
		return new CircuitFigures(this.rates.metrics(), this.failures, this.throttles.get());
	}

	// Most calls find nothing to forget.
	private void forgetWhatWasInARow() {
		if (this.failures != 0) {
			synchronized (this) {
				this.failures = 0;
				this.locationToBlame = false;
			}
		}
		if (this.throttles.get() != 0) {
			this.throttles.set(0);
		}
	}

}
