package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Confirmer.Destination;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How keys are confirmed at home that were written away.
 */
class ConfirmerTests {

	private final RecentWrites writes = new LocalWrites(10_000_000);

	private final S3Client east = Mockito.mock(S3Client.class);

	private final List<String> settled = new ArrayList<>();

	private final Confirmer confirmer = new Confirmer(Destination.HOME, TimeUnit.MINUTES.toNanos(30),
			new AskedPair(
					new LocationPair(new Location(LocationRole.PRIMARY, this.east, "east", null, null),
							new Location(LocationRole.SECONDARY, Mockito.mock(S3Client.class), "west", null, null)),
					new TrafficDirector(HealthSettings.DEFAULTS, List.of()), this.writes),
			this.settled::add);

	/** What has arrived at home. */
	private final TreeSet<String> arrived = new TreeSet<>();

	private final List<String> asked = new ArrayList<>();

	private final List<ListObjectsV2Request> listed = new ArrayList<>();

	@BeforeEach
	void answer() {
		Supplier<ScheduledExecutorService> threads = () -> Mockito.mock(ScheduledExecutorService.class);
		ReflectionTestUtils.setField(turns(), "threads", threads);
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenAnswer((call) -> {
			String key = call.<HeadObjectRequest>getArgument(0).key();
			this.asked.add(key);
			if (!this.arrived.contains(key)) {
				throw NoSuchKeyException.builder().statusCode(404).build();
			}
			return HeadObjectResponse.builder().eTag(eTagOf(key)).build();
		});
		Mockito.when(this.east.listObjectsV2(Mockito.any(ListObjectsV2Request.class))).thenAnswer((call) -> {
			ListObjectsV2Request request = call.getArgument(0);
			this.listed.add(request);
			return ListObjectsV2Response.builder()
				.contents(this.arrived.tailSet(request.startAfter(), false)
					.stream()
					.filter((key) -> key.startsWith(request.prefix()))
					.limit(1000)
					.map((key) -> S3Object.builder().key(key).eTag(eTagOf(key)).build())
					.toList())
				.build();
		});
	}

	@Test
	void confirmsManyKeysOfAFolderByOneListing() {
		for (int i = 0; i < 300; i++) {
			writeAway("folder/key" + i);
			this.arrived.add("folder/key" + i);
			this.arrived.add("folder/other" + i);
		}

		confirmSome();

		assertThat(this.confirmer.keys().size()).isZero();
		assertThat(this.listed).singleElement()
			.satisfies((request) -> assertThat(request.prefix()).isEqualTo("folder/"))
			.satisfies((request) -> assertThat(request.bucket()).isEqualTo("east"));
		assertThat(this.asked).isEmpty();
		assertThat(this.writes.aloneAt(LocationRole.SECONDARY)).isZero();
	}

	@Test
	void asksForFewKeysOneByOne() {
		for (int i = 0; i < 24; i++) {
			writeAway("folder/key" + i);
			writeAway("f" + i + "/key");
			this.arrived.addAll(List.of("folder/key" + i, "f" + i + "/key"));
		}

		for (int i = 0; i < 10; i++) {
			confirmSome();
		}

		assertThat(this.confirmer.keys().size()).isZero();
		assertThat(this.listed).isEmpty();
		assertThat(this.asked).hasSize(48);
	}

	@Test
	void listsAFolderThatLacksThemNoMoreThanOnceInAWhile() {
		for (int i = 0; i < 100; i++) {
			writeAway("key" + i);
		}

		for (int i = 0; i < 5; i++) {
			confirmSome();
		}

		assertThat(this.confirmer.keys().size()).isEqualTo(100);
		assertThat(this.listed).hasSize(1);
		assertThat(this.asked).hasSize(5);
	}

	@Test
	void takesNoOtherObjectInAListingForTheLastWrite() {
		for (int i = 0; i < 100; i++) {
			writeAway("key" + i);
			this.arrived.add("key" + i);
		}
		writeAway("key7", "another");

		confirmSome();

		assertThat(this.writes.aloneAt(LocationRole.SECONDARY)).isEqualTo(1);
		assertThat(this.confirmer.keys().size()).isEqualTo(1);
	}

	@Test
	void listsNoMoreWhereThatIsDenied() {
		confirmOneByOneAfter(S3Exception.builder().statusCode(403).build());
	}

	@Test
	void asksOneByOneWhereAPageCannotBeRead() {
		confirmOneByOneAfter(SdkClientException.create("Not XML"));
	}

	private void confirmOneByOneAfter(SdkException error) {
		Mockito.when(this.east.listObjectsV2(Mockito.any(ListObjectsV2Request.class))).thenThrow(error);
		for (int i = 0; i < 100; i++) {
			writeAway("key" + i);
			this.arrived.add("key" + i);
		}

		for (int i = 0; i < 10; i++) {
			confirmSome();
		}

		assertThat(this.confirmer.keys().size()).isZero();
		Mockito.verify(this.east).listObjectsV2(Mockito.any(ListObjectsV2Request.class));
	}

	private void confirmSome() {
		ReflectionTestUtils.invokeMethod(turns(), "take");
	}

	private Object turns() {
		return Objects.requireNonNull(ReflectionTestUtils.getField(this.confirmer, "turns"));
	}

	private void writeAway(String key) {
		writeAway(key, eTagOf(key));
	}

	private void writeAway(String key, String eTag) {
		long now = System.nanoTime();
		this.writes.written(key, (history) -> history.acknowledged(new OwnWrite(Kind.PUT, LocationRole.SECONDARY,
				ObjectIdentity.of("v" + eTag, eTag), new Span(now, now, null))));
		this.confirmer.await(key);
	}

	private static String eTagOf(String key) {
		return '"' + Integer.toHexString(key.hashCode()) + '"';
	}

}
