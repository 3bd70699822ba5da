package io.s3s3.realpair;

import java.io.IOException;
import java.time.Duration;

import io.s3s3.FailoverS3Client;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is promised, on a real pair whose gateways are killed. Run by the profile
 * {@code real-pair}.
 */
@Tag("real-pair")
@ExtendWith(RealPairExtension.class)
class RealPairTests {

	private static final int FAULTS = Integer.getInteger("s3s3.real-pair.faults", 5);

	private static final int OPPORTUNITIES = Integer.getInteger("s3s3.real-pair.opportunities", 400);

	private static final int KEYS = 300;

	private final RealPair pair;

	RealPairTests(RealPair pair) {
		this.pair = pair;
	}

	@Test
	void callsAreServedWhileTheGatewayIsDead() throws IOException {
		try (FailoverS3Client client = client()) {
			client.putObject((request) -> request.key("dead/before"), RequestBody.fromString("before"));
			this.pair.kill();

			client.putObject((request) -> request.key("dead/after"), RequestBody.fromString("after"));
			assertThat(client.getObjectAsBytes((request) -> request.key("dead/after")).asUtf8String())
				.isEqualTo("after");
			assertThat(client.listObjectsV2((request) -> request.prefix("dead/")).contents())
				.anyMatch((object) -> object.key().equals("dead/after"));
			client.deleteObject((request) -> request.key("dead/after"));
		}
		finally {
			this.pair.restart();
		}
	}

	@Test
	void whatHasNotArrivedIsRefusedRatherThanMissing() throws IOException {
		this.pair.replicate(false);
		try (FailoverS3Client client = client()) {
			String key = "alone/" + System.nanoTime();
			client.putObject((request) -> request.key(key), RequestBody.fromString("alone"));
			this.pair.kill();

			assertThatExceptionOfType(NotReplicatedException.class)
				.isThrownBy(() -> client.getObjectAsBytes((request) -> request.key(key)));
		}
		finally {
			this.pair.replicate(true);
		}
	}

	@Test
	void ownWritesAreReadHoweverOftenTheGatewayIsKilled() throws Exception {
		try (OwnWrites own = ownWrites("killed", 40)) {
			own.outlive(this.pair, FAULTS);
			assertThat(own.stop().keySet()).noneMatch((what) -> what.startsWith(OwnKeys.STALE));
			assertThat(own.stop()).containsKey(OwnKeys.OPPORTUNITIES);
		}
	}

	@Test
	void ownWritesAreReadHoweverOftenTheGatewayHangs() throws Exception {
		try (OwnWrites own = ownWrites("frozen", 40)) {
			for (int i = 0; i < FAULTS; i++) {
				own.awaitMore(OwnKeys.WRITES, 300);
				this.pair.freeze();
				own.awaitMore(OwnKeys.WRITES, 300);
				this.pair.thaw();
				own.comeBack(this.pair);
			}
			assertThat(own.stop().keySet()).noneMatch((what) -> what.startsWith(OwnKeys.STALE));
		}
	}

	@Test
	void ownWritesAreReadOrRefusedWhileNothingReplicates() throws Exception {
		this.pair.replicate(false);
		try (OwnWrites own = ownWrites("alone", 5)) {
			for (int i = 0; i < 2; i++) {
				own.awaitMore(OwnKeys.WRITES, 400);
				this.pair.kill();
				own.awaitMore(OwnKeys.OPPORTUNITIES, OPPORTUNITIES / 4);
				this.pair.restart(false);
				own.comeBack(this.pair);
				own.awaitMore(OwnKeys.OPPORTUNITIES, OPPORTUNITIES / 4);
			}
			assertThat(own.stop().keySet()).noneMatch((what) -> what.startsWith(OwnKeys.STALE));
		}
		finally {
			this.pair.replicate(true);
		}
	}

	@Test
	void manyKeysOfAFolderComeHomeByFewRequests() throws IOException {
		CountedRequests counted = new CountedRequests();
		TrafficDirector director = RealPair.director();
		LocationPair locations = this.pair.locationsBehind(counted.of(this.pair.locations().primary().client()));
		try (FailoverS3Client client = RealPair.client(locations, director)) {
			String folder = "folder/%d/".formatted(System.nanoTime());
			this.pair.kill();
			try {
				for (int i = 0; i < KEYS; i++) {
					String key = folder + i;
					client.putObject((request) -> request.key(key), RequestBody.fromString(key));
				}
			}
			finally {
				this.pair.restart();
			}
			counted.clear();
			FailoverControl control = FailoverControl.of(director, locations,
					HealthProbe.headBucket(Duration.ofSeconds(2)));
			assertThat(control.status().heldKeys()).isEqualTo(KEYS);

			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
				control.probeNow(LocationRole.PRIMARY);
				return control.status().heldKeys() == 0;
			});
		}
		System.out.println("%d keys of a folder came home: %s".formatted(KEYS, counted));
		assertThat(counted.count("listObjectsV2")).isPositive();
		assertThat(counted.count("headObject")).isLessThan(KEYS / 2);
	}

	private OwnWrites ownWrites(String name, int changes) {
		TrafficDirector director = RealPair.director();
		return new OwnWrites(RealPair.client(this.pair.locations(), director), director, name, changes);
	}

	private FailoverS3Client client() {
		return RealPair.client(this.pair.locations(), RealPair.director());
	}

}
