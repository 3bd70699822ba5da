package io.s3s3.internal.hedge;

import java.util.concurrent.TimeUnit;

/**
 * How long recent answers took to begin: a histogram whose buckets are an eighth of an
 * octave wide, and whose counts are halved after every thousand answers. A cancelled
 * request is only known to have needed longer: it counts as twice the time waited, so
 * that the estimate rises until most answers arrive on their own. Thread-safe.
 */
final class FirstByteTimes {

	private static final int PER_OCTAVE = 8;

	private static final int OCTAVES = 36;

	private static final int WINDOW = 2048;

	/** After how many new times the quantiles are computed again. */
	private static final int REFRESH = 16;

	private final double usualQuantile;

	private final double rareQuantile;

	/** Guarded by "this", like their sum. */
	private final int[] counts = new int[OCTAVES * PER_OCTAVE];

	private int seen;

	private int added;

	private volatile Quantiles quantiles = new Quantiles(0, 0, 0);

	/**
	 * Create an empty histogram.
	 * @param usual the fraction of answers that counts as usual
	 * @param rare the fraction of answers beyond which one counts as rare
	 */
	FirstByteTimes(double usual, double rare) {
		this.usualQuantile = usual;
		this.rareQuantile = rare;
	}

	void add(long nanos) {
		addAll(nanos);
	}

	/**
	 * Add a request that was cancelled before its answer.
	 * @param nanos how long it was waited for
	 */
	void addAtLeast(long nanos) {
		addAll(2 * nanos);
	}

	private synchronized void addAll(long nanos) {
		this.counts[bucketOf(TimeUnit.NANOSECONDS.toMicros(nanos))]++;
		if (++this.seen >= WINDOW) {
			halve();
		}
		if (++this.added >= REFRESH || this.seen <= 2 * REFRESH) {
			this.added = 0;
			this.quantiles = new Quantiles(this.seen, quantile(this.usualQuantile), quantile(this.rareQuantile));
		}
	}

	Quantiles quantiles() {
		return this.quantiles;
	}

	private void halve() {
		int left = 0;
		for (int i = 0; i < this.counts.length; i++) {
			this.counts[i] /= 2;
			left += this.counts[i];
		}
		this.seen = left;
	}

	/**
	 * Return the time, in nanoseconds, that this fraction of the answers does not exceed.
	 */
	private long quantile(double part) {
		int below = (int) Math.ceil(part * this.seen);
		int bucket = -1;
		for (int sum = 0; sum < below; bucket++) {
			sum += this.counts[bucket + 1];
		}
		return endOf(Math.max(0, bucket));
	}

	private static int bucketOf(long micros) {
		long bounded = Math.max(PER_OCTAVE, Math.min(micros, (1L << (OCTAVES + 2)) - 1));
		int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(bounded);
		int part = (int) (bounded >> (octave - 3)) - PER_OCTAVE;
		return (octave - 3) * PER_OCTAVE + part;
	}

	private static long endOf(int bucket) {
		int octave = bucket / PER_OCTAVE;
		long micros = (long) (bucket % PER_OCTAVE + PER_OCTAVE + 1) << octave;
		return TimeUnit.MICROSECONDS.toNanos(micros);
	}

	/**
	 * What is known so far.
	 *
	 * @param seen the number of answers
	 * @param usual what most of them do not exceed, in nanoseconds
	 * @param rare what all but a few do not exceed, in nanoseconds
	 */
	record Quantiles(int seen, long usual, long rare) {

	}

}
