package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.health.Attempt;

/**
 * Notices that the calls of a location take longer than usual: even the fastest of the
 * last few takes three times as long, and longer by a margin. That is only a suspicion,
 * since the calls may have changed rather than the location: probes decide. While there
 * is a suspicion, the usual time is not updated. Thread-safe.
 */
final class LatencyWatch {

	/** Few enough for applications that seldom make calls. */
	private static final int LAST = 5;

	private static final int FACTOR = 3;

	/**
	 * The usual time moves by one part in so many towards what was observed, every five
	 * calls.
	 */
	private static final int INERTIA = 8;

	/**
	 * After so many probes that found nothing, it must be the calls that have changed.
	 */
	private static final int PATIENCE = 30;

	private final long margin;

	/** Guarded by "this", like the fields below. */
	private final long[] last = new long[LAST];

	private long calls;

	private long usual;

	private int acquittals;

	/** Written under the lock of "this". */
	private volatile boolean suspicious;

	/**
	 * Create a watch.
	 * @param margin the minimum by which calls take longer, or zero to notice nothing
	 */
	LatencyWatch(Duration margin) {
		this.margin = margin.toNanos();
	}

	boolean isSuspicious() {
		return this.suspicious;
	}

	/**
	 * Add an attempt. One that was overtaken by a hedge only shows that it would have
	 * taken longer; several in a row are worth a probe.
	 */
	void add(Attempt attempt) {
		if (this.margin > 0) {
			add(attempt.duration().toNanos(), attempt.overtaken());
		}
	}

	private synchronized void add(long shown, boolean overtaken) {
		long nanos = (overtaken && this.calls >= LAST) ? Math.max(shown, suspect() + 1) : shown;
		this.last[(int) (this.calls % LAST)] = nanos;
		this.calls++;
		if (this.calls < LAST) {
			return;
		}
		long least = least();
		if (this.calls == LAST) {
			this.usual = least;
		}
		boolean suspicious = least > suspect();
		if (suspicious != this.suspicious) {
			this.acquittals = 0;
			this.suspicious = suspicious;
		}
		if (!suspicious && this.calls % LAST == 0) {
			this.usual += (least - this.usual) / INERTIA;
		}
	}

	/**
	 * Return the latency above which calls are suspicious, in nanoseconds.
	 */
	private long suspect() {
		return Math.max(FACTOR * this.usual, this.usual + this.margin);
	}

	/**
	 * Forget what is usual.
	 */
	synchronized void forget() {
		this.calls = 0;
		this.suspicious = false;
	}

	private long least() {
		long least = this.last[0];
		for (long nanos : this.last) {
			least = Math.min(least, nanos);
		}
		return least;
	}

	/**
	 * Record that a probe did not confirm the suspicion.
	 */
	synchronized void acquit() {
		if (this.suspicious && ++this.acquittals >= PATIENCE) {
			this.usual = least();
			this.suspicious = false;
		}
	}

}
