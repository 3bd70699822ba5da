package io.s3s3.health;

import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.internal.health.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Counts the attempts at a location from when it was found to be well until it no longer
 * is: by their rates and, which takes fewer calls, in a row. Failures that a single
 * subject may be to blame for, such as an object that cannot be read there, never open
 * it. Thread-safe; opens once.
 */
final class Circuit {

	private final CircuitSettings settings;

	private final long started;

	private final CallRates rates;

	/** How many attempts failed in a row. Written under the lock of "this". */
	private volatile int failures;

	/** The hash of the subject of the first of them. Guarded by "this". */
	private @Nullable Integer suspect;

	/** Whether no single subject can be to blame for them. Guarded by "this". */
	private boolean locationToBlame;

	private final AtomicInteger throttles = new AtomicInteger();

	/** When the last success ended. */
	private volatile long lastSuccess;

	/** When the newest successful attempt began, give or take races. */
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
	 * Return a circuit that opens on a failure before the first success.
	 */
	static Circuit onTrial(CircuitSettings settings, Ticker time) {
		return new Circuit(settings, time, false);
	}

	// An attempt that began under an earlier circuit says nothing about the present.
	boolean concerns(long started) {
		return started - this.started >= 0;
	}

	/**
	 * Return whether an attempt began before a later successful one did, so that its
	 * failure is old news.
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
		// An attempt that hung until younger ones had succeeded is not a failure in a
		// row.
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
	 * Return whether enough attempts failed in a row to take the location out, but
	 * possibly because of what they asked for: a probe can tell.
	 */
	boolean isInDoubt() {
		return this.failures >= this.settings.consecutiveFailures();
	}

	CircuitFigures figures() {
		return new CircuitFigures(this.rates.metrics(), this.failures, this.throttles.get());
	}

	// Most calls have nothing to reset.
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
