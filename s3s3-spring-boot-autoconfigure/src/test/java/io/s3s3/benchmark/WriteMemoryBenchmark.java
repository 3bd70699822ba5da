package io.s3s3.benchmark;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

import com.sun.management.ThreadMXBean;
import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ConsistencySettings.Confirmation;
import io.s3s3.consistency.ReadConsistency;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.internal.consistency.Discoveries;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.EmbeddedS3;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import org.springframework.util.unit.DataSize;

/**
 * What it costs to remember a write, and to ask at a read whether there was one, by
 * nanoseconds and bytes, with the memory and without it.
 */
public final class WriteMemoryBenchmark {

	/** More than the memory holds. */
	private static final int KEYS = 50_000;

	private static final int ROUNDS = 21;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static volatile @Nullable Object result;

	private final PutObjectRequest[] puts = new PutObjectRequest[KEYS];

	private final PutObjectResponse[] answers = new PutObjectResponse[KEYS];

	private final GetObjectRequest[] gets = new GetObjectRequest[KEYS];

	private final GetObjectRequest[] others = new GetObjectRequest[KEYS];

	private final LocationPair pair;

	private WriteMemory fresh;

	private WriteMemoryBenchmark(S3Client client) {
		this.pair = new LocationPair(Location.of(LocationRole.PRIMARY, client, "east"),
				Location.of(LocationRole.SECONDARY, client, "west"));
		this.fresh = memory(ConsistencySettings.DEFAULTS);
		SdkHttpResponse http = SdkHttpResponse.builder()
			.statusCode(200)
			.putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)))
			.build();
		for (int i = 0; i < KEYS; i++) {
			String key = "folder/object-" + i;
			this.puts[i] = PutObjectRequest.builder().bucket("east").key(key).build();
			PutObjectResponse.Builder answer = PutObjectResponse.builder()
				.eTag("\"%032x\"".formatted(i))
				.versionId("version-of-thirty-two-letters-" + i);
			answer.sdkHttpResponse(http);
			this.answers[i] = answer.build();
			this.gets[i] = GetObjectRequest.builder().bucket("east").key(key).build();
			this.others[i] = GetObjectRequest.builder().bucket("east").key(key + "/other").build();
		}
	}

	/**
	 * Run.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		try (S3Client client = EmbeddedS3.client(URI.create("http://127.0.0.1:1"))) {
			new WriteMemoryBenchmark(client).run();
		}
	}

	private void run() {
		System.out.println("| | with the memory | without it |");
		System.out.println("|---|---|---|");
		try (WriteMemory on = memory(ConsistencySettings.DEFAULTS);
				WriteMemory full = memory(new ConsistencySettings(ReadConsistency.OWN_WRITES, DataSize.ofMegabytes(1),
						Confirmation.DEFAULTS, false, false));
				WriteMemory off = memory(ConsistencySettings.AS_SERVED)) {
			print("a write of a new key", this::writeFirst, (i) -> write(off, i));
			print("a write of a key that was written before", (i) -> write(on, i), (i) -> write(off, i));
			print("a write for which another one is forgotten", (i) -> write(full, i), (i) -> write(off, i));
			Consistency judging = new Consistency(on, true);
			Consistency serving = new Consistency(off, false);
			print("a read of what was not written", (i) -> result = judging.check(this.others[i], null),
					(i) -> result = serving.check(this.others[i], null));
			print("a read of what was written", (i) -> result = judging.check(this.gets[i], null),
					(i) -> result = serving.check(this.gets[i], null));
		}
	}

	private void writeFirst(int i) {
		if (i == 0) {
			this.fresh.close();
			this.fresh = memory(ConsistencySettings.DEFAULTS);
		}
		write(this.fresh, i);
	}

	private WriteMemory memory(ConsistencySettings settings) {
		return new WriteMemory(settings, this.pair, new TrafficDirector(HealthSettings.DEFAULTS, List.of()),
				Mockito.mock(Discoveries.class));
	}

	private void write(WriteMemory memory, int i) {
		long now = System.nanoTime();
		memory.acknowledged(this.puts[i], LocationRole.PRIMARY, this.answers[i], now, now);
	}

	private static void print(String what, IntConsumer with, IntConsumer without) {
		double[][] times = new double[2][ROUNDS];
		double[] bytes = new double[2];
		for (int round = 0; round < ROUNDS; round++) {
			for (int way = 0; way < 2; way++) {
				IntConsumer each = (way == 0) ? with : without;
				long allocated = THREADS.getCurrentThreadAllocatedBytes();
				long began = System.nanoTime();
				for (int i = 0; i < KEYS; i++) {
					each.accept(i);
				}
				times[way][round] = (System.nanoTime() - began) / (double) KEYS;
				bytes[way] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) KEYS;
			}
		}
		System.out.printf("| %s | %.0f ns, %.0f B | %.0f ns, %.0f B |%n", what, median(times[0]), bytes[0],
				median(times[1]), bytes[1]);
	}

	private static double median(double[] values) {
		double[] last = Arrays.copyOfRange(values, ROUNDS / 2, ROUNDS);
		Arrays.sort(last);
		return last[last.length / 2];
	}

}
