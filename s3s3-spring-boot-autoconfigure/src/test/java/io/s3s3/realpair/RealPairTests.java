package io.s3s3.realpair;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.s3s3.FailoverS3Client;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is promised, on a real pair whose gateways are killed. Run by the profile
 * {@code real-pair}.
 */
@Tag("real-pair")
class RealPairTests {

	private static final int THREADS = 8;

	private static final int KILLS = Integer.getInteger("s3s3.real-pair.kills", 5);

	private static RealPair pair;

	@BeforeAll
	static void up() throws IOException {
		pair = RealPair.up();
	}

	@AfterAll
	static void down() throws IOException {
		pair.close();
	}

	@Test
	void callsAreServedWhileTheGatewayIsDead() throws IOException {
		try (FailoverS3Client client = client(director())) {
			client.putObject((request) -> request.key("dead/before"), RequestBody.fromString("before"));
			pair.kill();

			client.putObject((request) -> request.key("dead/after"), RequestBody.fromString("after"));
			assertThat(client.getObjectAsBytes((request) -> request.key("dead/after")).asUtf8String())
				.isEqualTo("after");
			assertThat(client.listObjectsV2((request) -> request.prefix("dead/")).contents())
				.anyMatch((object) -> object.key().equals("dead/after"));
			client.deleteObject((request) -> request.key("dead/after"));
		}
		finally {
			pair.restart();
		}
	}

	@Test
	void whatHasNotArrivedIsRefusedRatherThanMissing() throws IOException {
		pair.replicate(false);
		try (FailoverS3Client client = client(director())) {
			String key = "alone/" + System.nanoTime();
			client.putObject((request) -> request.key(key), RequestBody.fromString("alone"));
			pair.kill();

			assertThatExceptionOfType(NotReplicatedException.class)
				.isThrownBy(() -> client.getObjectAsBytes((request) -> request.key(key)));
		}
		finally {
			pair.replicate(true);
		}
	}

	@Test
	void ownWritesAreReadHoweverOftenTheGatewayIsKilled() throws Exception {
		TrafficDirector director = director();
		ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
		try (FailoverS3Client client = client(director)) {
			List<OwnKeys> users = new ArrayList<>();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				OwnKeys user = new OwnKeys(client, "own/%d/%d/".formatted(System.nanoTime(), i), i, counts);
				users.add(user);
				threads.add(new Thread(user));
			}
			threads.forEach(Thread::start);
			for (int i = 0; i < KILLS; i++) {
				awaitMoreOf("writes", 300, counts);
				pair.kill();
				awaitMoreOf("writes", 300, counts);
				pair.restart();
				FailoverControl.of(director, pair.locations(), HealthProbe.headBucket(Duration.ofSeconds(2)))
					.failBack();
			}
			users.forEach(OwnKeys::stop);
			for (Thread thread : threads) {
				thread.join();
			}
		}
		System.out.println(KILLS + " kills: " + new TreeMap<>(counts));
		assertThat(counts.keySet()).noneMatch((what) -> what.startsWith("stale: "));
		assertThat(counts.get("stale as served").sum()).isPositive();
	}

	private static void awaitMoreOf(String what, int more, ConcurrentHashMap<String, LongAdder> counts)
			throws InterruptedException {
		long target = count(what, counts) + more;
		while (count(what, counts) < target) {
			Thread.sleep(10);
		}
	}

	private static long count(String what, ConcurrentHashMap<String, LongAdder> counts) {
		return counts.computeIfAbsent(what, (name) -> new LongAdder()).sum();
	}

	private static TrafficDirector director() {
		return new TrafficDirector(HealthSettings.builder()
			.holdDown(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(10))
			.build(), List.of());
	}

	private static FailoverS3Client client(TrafficDirector director) {
		return FailoverS3Client.builder().locations(pair.locations()).director(director).build();
	}

}
