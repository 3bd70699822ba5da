package io.s3s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Calls while half of the keys have returned home, of a pair that does not replicate:
 * every call about a key goes where that key goes.
 */
class ReturningCallsTests {

	private static final List<String> KEYS = IntStream.range(0, 30).mapToObj((i) -> "key-" + i).toList();

	private final EmbeddedS3 eastServer = EmbeddedS3.start("east");

	private final EmbeddedS3 westServer = EmbeddedS3.start("west");

	private final FaultProxy east = FaultProxy.to(this.eastServer.endpoint());

	private final FaultProxy west = FaultProxy.to(this.westServer.endpoint());

	private final S3Client eastClient = EmbeddedS3.client(this.east.uri());

	private final S3Client westClient = EmbeddedS3.client(this.west.uri());

	private final List<RequestEvent> events = new ArrayList<>();

	private FailoverS3Client client;

	@BeforeEach
	void returnHalfOfTheCalls() {
		HealthSettings settings = HealthSettings.builder()
			.holdDown(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1))
			.ramp(List.of(50))
			.rampStep(Duration.ofHours(1))
			.jitter(0)
			.build();
		TrafficDirector director = new TrafficDirector(settings, List.of());
		LocationPair pair = new LocationPair(Location.of(LocationRole.PRIMARY, this.eastClient, "east"),
				Location.of(LocationRole.SECONDARY, this.westClient, "west"));
		FailoverControl control = FailoverControl.of(director, pair, (location) -> ProbeResult.SUCCESS);
		control.drain(LocationRole.PRIMARY);
		control.undrain(LocationRole.PRIMARY);
		this.client = FailoverS3Client.builder().locations(pair).director(director).listener(this.events::add).build();
		KEYS.forEach((key) -> this.client.putObject((request) -> request.key(key), RequestBody.fromString("x")));
		assertThat(keysAt(this.eastClient, "east")).isNotEmpty();
		assertThat(keysAt(this.westClient, "west")).isNotEmpty();
		this.events.clear();
	}

	@AfterEach
	void close() {
		this.client.close();
		this.eastClient.close();
		this.westClient.close();
		this.east.close();
		this.west.close();
		this.eastServer.close();
		this.westServer.close();
	}

	@Test
	void deleteEachObjectOfABatchWhereItIs() {
		DeleteObjectsResponse response = deleteAll();

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(response.errors()).isEmpty();
		assertThat(keysAt(this.eastClient, "east")).isEmpty();
		assertThat(keysAt(this.westClient, "west")).isEmpty();
		assertThat(this.events).filteredOn(RequestSent.class::isInstance)
			.extracting((event) -> ((RequestSent) event).getAttempt())
			.containsExactly(1, 2);
		assertThat(this.events).filteredOn(RequestSucceeded.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((RequestSucceeded) event).getResponse()).containsSame(response));
		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSize(1);
	}

	@Test
	void letEachShareOfABatchFailOver() {
		this.east.mode(Mode.REFUSE);

		DeleteObjectsResponse response = deleteAll();

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSize(1);
	}

	@Test
	void tellWhichObjectsOfABatchAreLeft() {
		Set<String> atEast = keysAt(this.eastClient, "east");
		this.east.mode(Mode.REFUSE);

		List<ObjectIdentifier> objects = new ArrayList<>(identifiers(KEYS, null));
		objects.addAll(identifiers(List.copyOf(atEast), "v"));

		DeleteObjectsResponse response = this.client
			.deleteObjects((request) -> request.delete((delete) -> delete.objects(objects)));

		assertThat(response.deleted()).extracting(DeletedObject::key).containsAll(KEYS);
		assertThat(response.errors()).extracting(S3Error::key).containsExactlyInAnyOrderElementsOf(atEast);
		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSize(1);
	}

	@Test
	void failWhenNoShareOfABatchWasDone() {
		this.east.mode(Mode.REFUSE);
		this.west.mode(Mode.REFUSE);

		Throwable error = catchThrowable(this::deleteAll);

		assertThat(error).isNotNull();
		assertThat(this.events).filteredOn(RequestFailed.class::isInstance).hasSize(1);
		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSize(1);
		assertThat(this.events).noneMatch(RequestSucceeded.class::isInstance);
	}

	@Test
	void copyFromWhereTheSourceIs() {
		for (String key : KEYS) {
			this.client.copyObject((request) -> request.sourceKey(key).destinationKey("copy-of-" + key));
		}

		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSameSizeAs(KEYS);
	}

	@Test
	void listASingleKeyWhereItIs() {
		for (String key : KEYS) {
			assertThat(this.client.listObjectsV2((request) -> request.prefix(key)).contents()).extracting(S3Object::key)
				.contains(key);
		}
	}

	private DeleteObjectsResponse deleteAll() {
		return this.client
			.deleteObjects((request) -> request.delete((delete) -> delete.objects(identifiers(KEYS, null))));
	}

	private static List<ObjectIdentifier> identifiers(List<String> keys, @Nullable String version) {
		return keys.stream().map((key) -> ObjectIdentifier.builder().key(key).versionId(version).build()).toList();
	}

	private static Set<String> keysAt(S3Client client, String bucket) {
		Set<String> keys = new TreeSet<>();
		client.listObjectsV2Paginator((request) -> request.bucket(bucket))
			.contents()
			.forEach((object) -> keys.add(object.key()));
		return keys;
	}

}
