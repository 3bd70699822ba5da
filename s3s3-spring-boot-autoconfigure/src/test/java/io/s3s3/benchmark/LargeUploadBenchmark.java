package io.s3s3.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.TimeUnit;

import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.event.RequestFailedOver;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Uploads 4 GiB of a one-shot stream whose length is not known, with the primary dying at
 * half of it. Run it with a small heap: the servers have their own.
 */
public final class LargeUploadBenchmark {

	private static final long GB = 1L << 30;

	private static final long PART = 8L << 20;

	private LargeUploadBenchmark() {
	}

	/**
	 * Run.
	 * @param arguments how many GiB to upload, 4 unless given
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		long size = ((arguments.length > 0) ? Long.parseLong(arguments[0]) : 4) * GB;
		try (FaultServer primary = FaultServer.start(size / 2);
				FaultServer secondary = FaultServer.start(0);
				S3Client east = Clients.client(primary.uri());
				S3Client west = Clients.client(secondary.uri());
				FailoverS3Client client = Clients.pair(east, west)) {
			upload(client, size, secondary);
		}
	}

	private static void upload(FailoverS3Client client, long size, FaultServer secondary) throws IOException {
		StringBuilder failover = new StringBuilder();
		GeneratedStream stream = new GeneratedStream(size, PART);
		long began = System.nanoTime();
		new FailoverS3Template(client, null)
			.on(RequestFailedOver.class, (event) -> failover.append(event).append(" after ").append(stream.position()))
			.upload("k", stream);
		long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
		String stored = secondary.ask("/west/k");
		System.out.printf("Large upload: %d bytes in %d ms; %s; digest %s, expected %s%n", size, took, failover, stored,
				stream.digest());
		System.out.printf("Large upload: peak heap %d KiB of at most %d KiB%n", peakHeap() >> 10,
				Runtime.getRuntime().maxMemory() >> 10);
		if (!stored.equals(stream.digest()) || failover.isEmpty()) {
			throw new IllegalStateException("The object is not what was uploaded, or nothing failed over");
		}
	}

	// Peaks of the pools need not come at the same time: the sum is an upper bound.
	private static long peakHeap() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
			.sum();
	}

}
