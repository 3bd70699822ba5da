package io.s3s3.benchmark;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;

/**
 * Compares a transfer by the SDK's own client with the same transfer by another one, in
 * rounds of which each does both in turn, forwards and backwards. The SDK's is done twice
 * a round: how it compares with itself is the noise of the machine.
 */
final class Comparison {

	private static final OperatingSystemMXBean PROCESS = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final double GIB = 1L << 30;

	private final int warmUp;

	private final int rounds;

	private final long bytes;

	Comparison(int warmUp, int rounds, long bytes) {
		this.warmUp = warmUp;
		this.rounds = rounds;
		this.bytes = bytes;
	}

	/**
	 * Print how another client compares with the SDK's.
	 * @param what what is transferred
	 * @param raw transfers it by the SDK's client
	 * @param other transfers it by the other one
	 */
	void print(String what, Runnable raw, Runnable other) {
		Runnable[] ways = { raw, other, raw };
		double[][] times = new double[ways.length][this.rounds];
		double[] cpu = new double[ways.length];
		for (int round = -this.warmUp; round < this.rounds; round++) {
			for (int i = 0; i < ways.length; i++) {
				int way = (round % 2 == 0) ? i : ways.length - 1 - i;
				long cpuBefore = PROCESS.getProcessCpuTime();
				long began = System.nanoTime();
				ways[way].run();
				if (round >= 0) {
					times[way][round] = System.nanoTime() - began;
					cpu[way] += PROCESS.getProcessCpuTime() - cpuBefore;
				}
			}
		}
		System.out.printf(
				"%s: throughput %s of the SDK's, CPU %.2f s a GiB, %.2f times the SDK's; "
						+ "SDK against SDK: throughput %s, CPU %.2f times%n",
				what, ratio(times[0], times[1]), perGiB(cpu[1]), cpu[1] / cpu[0], ratio(times[0], times[2]),
				cpu[2] / cpu[0]);
	}

	/**
	 * Return the median, the least and the largest ratio of a round.
	 */
	private String ratio(double[] raw, double[] other) {
		double[] ratios = new double[this.rounds];
		Arrays.setAll(ratios, (round) -> raw[round] / other[round]);
		Arrays.sort(ratios);
		return "%.3f (%.3f to %.3f)".formatted(ratios[this.rounds / 2], ratios[0], ratios[this.rounds - 1]);
	}

	private double perGiB(double nanos) {
		return nanos / 1e9 / this.rounds * GIB / this.bytes;
	}

}
