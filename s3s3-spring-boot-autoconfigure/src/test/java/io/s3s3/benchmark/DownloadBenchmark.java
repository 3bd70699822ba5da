package io.s3s3.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.s3s3.FailoverS3Client;
import io.s3s3.metrics.FailoverMetrics;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The throughput of a download of 64 MiB when all goes well, beside that of the SDK's own
 * client: rounds in turn, medians, the server in a process of its own.
 */
public final class DownloadBenchmark {

	private static final int SIZE = 64 << 20;

	private static final int ROUNDS = 60;

	private DownloadBenchmark() {
	}

	/**
	 * Print the figures.
	 * @param arguments none
	 * @throws IOException if the server does not start
	 */
	public static void main(String[] arguments) throws IOException {
		byte[] content = new byte[SIZE];
		new Random(1).nextBytes(content);
		try (ServerProcess server = ServerProcess.start("bench");
				S3Client raw = server.client(server.endpoint());
				FailoverS3Client failover = FailoverS3Client.builder()
					.primary(raw, "bench")
					.secondary(server.client(server.endpoint()), "west")
					.listener(new FailoverMetrics(new SimpleMeterRegistry()))
					.build()) {
			raw.putObject((request) -> request.bucket("bench").key("key"), RequestBody.fromBytes(content));
			long[] rawTimes = new long[ROUNDS];
			long[] failoverTimes = new long[ROUNDS];
			for (int round = -20; round < ROUNDS; round++) {
				boolean rawFirst = round % 2 == 0;
				long first = time(rawFirst ? raw : failover);
				long second = time(rawFirst ? failover : raw);
				if (round >= 0) {
					rawTimes[round] = rawFirst ? first : second;
					failoverTimes[round] = rawFirst ? second : first;
				}
			}
			double rawSpeed = speed(rawTimes);
			double failoverSpeed = speed(failoverTimes);
			System.out.printf("download of 64 MiB: SDK %.0f MiB/s, s3s3 %.0f MiB/s, ratio %.3f%n", rawSpeed,
					failoverSpeed, failoverSpeed / rawSpeed);
		}
	}

	private static long time(S3Client client) {
		byte[] buffer = new byte[1 << 16];
		long started = System.nanoTime();
		long total = 0;
		try (InputStream stream = client.getObject((request) -> request.bucket("bench").key("key"))) {
			for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
				total += read;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (total != SIZE) {
			throw new IllegalStateException("Only " + total + " bytes came");
		}
		return System.nanoTime() - started;
	}

	private static double speed(long[] times) {
		Arrays.sort(times);
		return (SIZE >> 20) * 1e9 / times[times.length / 2];
	}

}
