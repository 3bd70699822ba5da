package io.s3s3.realpair;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.s3s3.FailoverS3Client;
import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ConsistencySettings.Confirmation;
import io.s3s3.consistency.ReadConsistency;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.FaultProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is promised on a real pair of buckets that keep no versions, where ETags and times
 * are all there is to tell states apart. There, unlike in one with versions, Ceph heeds
 * {@code If-None-Match: *}.
 */
@Tag("real-pair")
@ExtendWith(RealPairExtension.class)
class PlainBucketPairTests {

	private static final int FAULTS = Integer.getInteger("s3s3.real-pair.faults", 5);

	@AutoClose
	private final FaultProxy toEast = FaultProxy.to(RealPair.EAST);

	@AutoClose
	private final S3Client east = RealPair.client(this.toEast.uri());

	private final RealPair pair;

	private final LocationPair plain;

	private final String key = "plain/" + System.nanoTime();

	PlainBucketPairTests(RealPair pair) {
		this.pair = pair;
		this.plain = pair.withoutVersions(this.east);
	}

	@Test
	void ownWritesAreReadHoweverOftenTheGatewayIsKilled() throws Exception {
		TrafficDirector director = RealPair.director();
		try (OwnWrites own = new OwnWrites(RealPair.client(this.plain, director), director, "plain", 40)) {
			own.outlive(this.pair, FAULTS);
			assertThat(own.stop().keySet()).noneMatch((what) -> what.startsWith(OwnKeys.STALE));
		}
	}

	@Test
	void createsAnObjectOnceWhereverItIs() throws IOException {
		try (FailoverS3Client client = RealPair.client(this.plain, RealPair.director())) {
			create(client);
			assertThat(denialOfCreate(client).statusCode()).isEqualTo(412);
			this.pair.kill();
			try {
				client.putObject((request) -> request.key(this.key + "/away"), RequestBody.fromString("away"));

				S3Exception away = catchThrowableOfType(S3Exception.class,
						() -> client.putObject((request) -> request.key(this.key + "/away").ifNoneMatch("*"),
								RequestBody.fromString("again")));
				assertThat(away.statusCode()).isEqualTo(412);
			}
			finally {
				this.pair.restart();
			}
			client.deleteObject((request) -> request.key(this.key));
			create(client);
		}
	}

	@Test
	void createsNothingWhereWhatItHasWrittenMayBeMissing() throws IOException {
		this.pair.replicate(false);
		try (FailoverS3Client client = RealPair.client(this.plain, RealPair.director())) {
			create(client);
			this.pair.kill();

			// At home, which took the last write, and which is out.
			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> create(client));
			assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> this.plain.secondary()
				.client()
				.headObject((request) -> request.bucket(this.plain.secondary().bucket()).key(this.key)));
		}
		finally {
			this.pair.replicate(true);
		}
	}

	@Test
	void replacesNoWriteThatItsCallerHasNotSeen() throws IOException {
		try (FailoverS3Client client = RealPair.client(this.plain, RealPair.director())) {
			String first = client.putObject((request) -> request.key(this.key), RequestBody.fromString("first")).eTag();
			awaitObject(this.plain.secondary(), Duration.ZERO);
			this.pair.kill();
			try {
				assertThatExceptionOfType(SdkException.class).isThrownBy(() -> replace(client, first));
				client.putObject((request) -> request.key(this.key), RequestBody.fromString("second"));
				assertThat(denialOfReplacing(client, first).statusCode()).isEqualTo(412);
			}
			finally {
				this.pair.restart();
			}

			assertThat(denialOfReplacing(client, first).statusCode()).isEqualTo(412);
			assertThat(client.getObjectAsBytes((request) -> request.key(this.key)).asUtf8String()).isEqualTo("second");
		}
	}

	private void replace(FailoverS3Client client, String eTag) {
		client.putObject((request) -> request.key(this.key).ifMatch(eTag), RequestBody.fromString("third"));
	}

	private S3Exception denialOfReplacing(FailoverS3Client client, String eTag) {
		return catchThrowableOfType(S3Exception.class, () -> replace(client, eTag));
	}

	@Test
	void succeedsOnceIfTheAnswerToACreateGetsLost() {
		ConsistencySettings marking = new ConsistencySettings(ReadConsistency.OWN_WRITES, DataSize.ofMegabytes(1),
				Confirmation.DEFAULTS, false, true);
		try (FailoverS3Client client = FailoverS3Client.builder()
			.locations(this.plain)
			.director(RealPair.director())
			.consistency(marking)
			.build()) {
			this.toEast.delay(Duration.ofSeconds(3));
			CompletableFuture<Void> prompt = CompletableFuture.runAsync(() -> {
				awaitObject(this.pair.locations().primary(), Duration.ofSeconds(1));
				this.toEast.delay(Duration.ZERO);
			});

			create(client);

			prompt.join();
			assertThat(denialOfCreate(client).statusCode()).isEqualTo(412);
			assertThat(client.getObjectAsBytes((request) -> request.key(this.key)).asUtf8String()).isEqualTo("created");
		}
	}

	private void create(FailoverS3Client client) {
		client.putObject((request) -> request.key(this.key).ifNoneMatch("*"), RequestBody.fromString("created"));
	}

	private S3Exception denialOfCreate(FailoverS3Client client) {
		return catchThrowableOfType(S3Exception.class, () -> create(client));
	}

	private void awaitObject(Location location, Duration delay) {
		Awaitility.await()
			.pollDelay(delay)
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptionsInstanceOf(NoSuchKeyException.class)
			.until(() -> location.client()
				.headObject((request) -> request.bucket(this.plain.primary().bucket()).key(this.key))
				.sdkHttpResponse()
				.isSuccessful());
	}

}
