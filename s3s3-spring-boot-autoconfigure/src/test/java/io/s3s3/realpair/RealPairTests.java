package io.s3s3.realpair;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.s3s3.FailoverS3Client;
import io.s3s3.consistency.NotReplicatedException;
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

	private static final int FAULTS = Integer.getInteger("s3s3.real-pair.faults", 5);

	private static final int OPPORTUNITIES = Integer.getInteger("s3s3.real-pair.opportunities", 400);

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
		try (OwnWrites own = ownWrites("killed", 40)) {
			for (int i = 0; i < FAULTS; i++) {
				own.awaitMore(OwnKeys.WRITES, 300);
				pair.kill();
				own.awaitMore(OwnKeys.WRITES, 300);
				pair.restart();
				own.comeBack(pair);
			}
			assertThat(own.stop().keySet()).noneMatch((what) -> what.startsWith(OwnKeys.STALE));
			assertThat(own.stop()).containsKey(OwnKeys.OPPORTUNITIES);
		}
	}

	@Test
	void ownWritesAreReadHoweverOftenTheGatewayHangs() throws Exception {
		try (OwnWrites own = ownWrites("frozen", 40)) {
			for (int i = 0; i < FAULTS; i++) {
				own.awaitMore(OwnKeys.WRITES, 300);
				pair.freeze();
				own.awaitMore(OwnKeys.WRITES, 300);
				pair.thaw();
				own.comeBack(pair);
			}
			assertThat(own.stop().keySet()).noneMatch((what) -> what.startsWith(OwnKeys.STALE));
		}
	}

	@Test
	void ownWritesAreReadOrRefusedWhileNothingReplicates() throws Exception {
		pair.replicate(false);
		try (OwnWrites own = ownWrites("alone", 5)) {
			for (int i = 0; i < 2; i++) {
				own.awaitMore(OwnKeys.WRITES, 400);
				pair.kill();
				own.awaitMore(OwnKeys.OPPORTUNITIES, OPPORTUNITIES / 4);
				pair.restart(false);
				own.comeBack(pair);
				own.awaitMore(OwnKeys.OPPORTUNITIES, OPPORTUNITIES / 4);
			}
			assertThat(own.stop().keySet()).noneMatch((what) -> what.startsWith(OwnKeys.STALE));
		}
		finally {
			pair.replicate(true);
		}
	}

	private static TrafficDirector director() {
		return new TrafficDirector(HealthSettings.builder()
			.holdDown(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(10))
			.build(), List.of());
	}

	private static OwnWrites ownWrites(String name, int changes) {
		TrafficDirector director = director();
		return new OwnWrites(client(director), director, name, changes);
	}

	private static FailoverS3Client client(TrafficDirector director) {
		return FailoverS3Client.builder().locations(pair.locations()).director(director).build();
	}

}
