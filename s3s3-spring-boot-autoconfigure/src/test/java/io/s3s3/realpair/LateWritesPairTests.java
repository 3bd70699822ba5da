package io.s3s3.realpair;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.s3s3.FailoverS3Client;
import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ConsistencySettings.Confirmation;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.consistency.ReadConsistency;
import io.s3s3.event.RequestListener;
import io.s3s3.event.WriteBuried;
import io.s3s3.location.Location;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is promised when writes that were given up are carried out late, after newer ones
 * went to the other site: on the real pair they bury these.
 */
@Tag("real-pair")
@ExtendWith(RealPairExtension.class)
class LateWritesPairTests {

	private static final int KEYS = Integer.getInteger("s3s3.real-pair.late-writes", 24);

	private final RealPair pair;

	private final AtomicInteger refused = new AtomicInteger();

	LateWritesPairTests(RealPair pair) {
		this.pair = pair;
	}

	@Test
	void whatIsDeliveredLateIsNotReadInPlaceOfANewerWrite() throws Exception {
		AtomicInteger buried = new AtomicInteger();
		List<String> keys = keys();
		Location west = this.pair.locations().secondary();
		try (HoldingProxy proxy = HoldingProxy.to(RealPair.EAST);
				S3Client held = RealPair.client(proxy.uri());
				FailoverS3Client plain = RealPair.client(this.pair.locationsBehind(held), RealPair.director())) {
			FailoverS3Client client = plain.on(WriteBuried.class, (event) -> buried.incrementAndGet());
			proxy.hold();
			all(keys, (key) -> put(client, key, "first"));
			all(keys, (key) -> put(client, key, "second"));
			assertThat(keys).allSatisfy((key) -> requireSecond(client, key));

			proxy.deliver();

			Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200)).until(() -> {
				keys.forEach((key) -> requireSecond(client, key));
				return keys.stream().allMatch((key) -> isBuried(west, key));
			});
			keys.forEach((key) -> requireSecond(client, key));
		}
		System.out.println("late writes: %d keys buried, %d reads saw that, %d were refused".formatted(KEYS,
				buried.get(), this.refused.get()));
		assertThat(buried).hasPositiveValue();
		assertThat(this.refused).hasValue(0);
	}

	@Test
	void whatIsBuriedIsToldOfThoughNobodyReadsIt() throws Exception {
		Set<String> told = ConcurrentHashMap.newKeySet();
		List<String> keys = keys();
		try (HoldingProxy proxy = HoldingProxy.to(RealPair.EAST);
				S3Client held = RealPair.client(proxy.uri());
				FailoverS3Client client = FailoverS3Client.builder()
					.locations(this.pair.locationsBehind(held))
					.director(RealPair.director())
					.consistency(new ConsistencySettings(ReadConsistency.OWN_WRITES, DataSize.ofMegabytes(1),
							new Confirmation(Duration.ofSeconds(2), Duration.ofSeconds(5)), false, false))
					.listener(RequestListener.of(WriteBuried.class,
							(event) -> told.add(((HeadObjectRequest) event.getRequest()).key())))
					.build()) {
			proxy.hold();
			all(keys, (key) -> put(client, key, "first"));
			all(keys, (key) -> put(client, key, "second"));

			proxy.deliver();

			Awaitility.await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(told).hasSameSizeAs(keys));
		}
		assertThat(keys).allMatch((key) -> isBuried(this.pair.locations().secondary(), key));
	}

	private static List<String> keys() {
		long now = System.nanoTime();
		return IntStream.range(0, KEYS).mapToObj((number) -> "late/%d/%d".formatted(now, number)).toList();
	}

	private static void put(FailoverS3Client client, String key, String value) {
		client.putObject((request) -> request.key(key), RequestBody.fromString(value));
	}

	private void requireSecond(FailoverS3Client client, String key) {
		try {
			assertThat(client.getObjectAsBytes((request) -> request.key(key)).asUtf8String()).isEqualTo("second");
		}
		catch (NotReplicatedException ex) {
			this.refused.incrementAndGet();
		}
	}

	private static boolean isBuried(Location location, String key) {
		return location.client()
			.getObjectAsBytes((request) -> request.bucket(location.bucket()).key(key))
			.asUtf8String()
			.equals("first");
	}

	private static void all(List<String> keys, Consumer<String> call) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(keys.size());
		try {
			for (Future<?> done : keys.stream().map((key) -> threads.submit(() -> call.accept(key))).toList()) {
				done.get();
			}
		}
		finally {
			threads.shutdown();
		}
	}

}
