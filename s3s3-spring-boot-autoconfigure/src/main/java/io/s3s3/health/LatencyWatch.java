package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.health.Attempt;

/**
 * Notices that the calls of a location take longer than they usually do: even the
 * shortest of the last few takes three times as long as usual, and longer by a margin.
 * That is a suspicion and no more, since calls may have changed rather than the location:
 * probes decide. As long as it is suspected, what is usual stays as it is. Thread-safe.
 */
final class LatencyWatch {

	/** Few enough to be noticed by those who call seldom. */
	private static final int LAST = 5;

	private static final int FACTOR = 3;

	/** By which part what is usual follows what is seen, each five calls. */
	private static final int INERTIA = 8;

	/** After so many probes that found nothing, the calls are what has changed. */
	private static final int PATIENCE = 30;

	private final long margin;

	/** Guarded by "this", as the rest. */
	private final long[] last = new long[LAST];

	private long calls;

	private long usual;

	private int acquittals;

	/** Written under the lock of "this". */
	private volatile boolean suspicious;

	/**
	 * Create a watch.
	 * @param margin by how much calls take longer at least, zero to notice nothing
	 */
	LatencyWatch(Duration margin) {
		this.margin = margin.toNanos();
	}

	boolean isSuspicious() {
		return this.suspicious;
	}

	/**
	 * Add an attempt. One that was overtaken shows no more than that it would have taken
	 * longer; a row of them is worth a look.
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
	 * Return what takes so long that it is suspicious.
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
	 * Note that a probe found nothing to confirm the suspicion.
	 */
	synchronized void acquit() {
		if (this.suspicious && ++this.acquittals >= PATIENCE) {
			this.usual = least();
			this.suspicious = false;
		}
	}

}
