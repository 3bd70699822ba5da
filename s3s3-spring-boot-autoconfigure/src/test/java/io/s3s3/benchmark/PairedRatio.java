package io.s3s3.benchmark;

import java.util.Arrays;
import java.util.Locale;

/**
 * The ratio of two figures that were measured in turn, with the interval that it is in
 * with a probability of 95 %.
 *
 * @param mean the mean of the ratios
 * @param margin how far the interval reaches to either side
 */
record PairedRatio(double mean, double margin) {

	static PairedRatio of(double[] ratios) {
		double mean = Arrays.stream(ratios).average().orElseThrow();
		double variance = Arrays.stream(ratios).map((ratio) -> (ratio - mean) * (ratio - mean)).sum()
				/ (ratios.length - 1);
		return new PairedRatio(mean, 1.96 * Math.sqrt(variance / ratios.length));
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", this.mean, this.mean - this.margin,
				this.mean + this.margin);
	}

}
