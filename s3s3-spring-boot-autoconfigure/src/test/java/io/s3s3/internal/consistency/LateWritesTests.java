package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

class LateWritesTests {

	private static final Duration REST = Duration.ofMinutes(15);

	private final RecentWrites writes = new LocalWrites(1_000_000);

	private final S3Client east = Mockito.mock(S3Client.class);

	private final S3Client west = Mockito.mock(S3Client.class);

	private final Discoveries discoveries = Mockito.mock(Discoveries.class);

	private final List<String> asked = new ArrayList<>();

	private final KeyQueue awaited = new KeyQueue(10);

	private int demoted;

	private final List<ScheduledExecutorService> threads = new ArrayList<>();

	private final LateWrites lateWrites = lateWrites(REST);

	/** The current version at each location; what is missing is deleted. */
	private final Map<LocationRole, String> current = new HashMap<>();

	/** Versions that are gone everywhere. */
	private final List<String> gone = new ArrayList<>();

	@BeforeEach
	void answer() {
		answer(this.east, LocationRole.PRIMARY);
		answer(this.west, LocationRole.SECONDARY);
	}

	@Test
	void tellsOfAnOlderWriteThatHasReplacedTheLastOneEverywhere() {
		write(Kind.PUT, LocationRole.PRIMARY, "v1");
		write(Kind.PUT, LocationRole.SECONDARY, "v2");
		show("v1", "v1");

		look();

		Mockito.verify(this.discoveries).buried("key", LocationRole.SECONDARY);
		Mockito.verify(this.discoveries).notReplicated("key", LocationRole.PRIMARY);
		Mockito.verifyNoMoreInteractions(this.discoveries);
		assertThat(this.asked).containsExactly("primary null", "secondary null", "secondary v2");
	}

	@Test
	void tellsNothingOfWhatIsRight() {
		write(Kind.PUT, LocationRole.PRIMARY, "v1");
		write(Kind.PUT, LocationRole.SECONDARY, "v2");
		show("v2", "v2");

		look();

		Mockito.verifyNoInteractions(this.discoveries);
		assertThat(this.asked).containsExactly("primary null", "secondary null");
		assertThat(this.writes.aloneAt(LocationRole.SECONDARY)).isZero();
	}

	@Test
	void takesTheVersionThatIsBackForRightWhereSomebodyDeletedTheLastOne() {
		write(Kind.PUT, LocationRole.SECONDARY, "v1");
		write(Kind.PUT, LocationRole.PRIMARY, "v2");
		show("v1", null);
		this.gone.add("v2");

		look();

		Mockito.verifyNoInteractions(this.discoveries);
		assertThat(this.asked).containsExactly("primary null", "primary v2", "primary null");
	}

	@Test
	void tellsOfAnObjectThatIsBackAfterItsDeletion() {
		write(Kind.PUT, LocationRole.SECONDARY, "v1");
		write(Kind.DELETE, LocationRole.PRIMARY, "m1");
		show("v1", "v1");
		versionsAre(LocationRole.PRIMARY, "v1", "m1");

		look();

		Mockito.verify(this.discoveries).buried("key", LocationRole.PRIMARY);
		Mockito.verifyNoMoreInteractions(this.discoveries);
	}

	@Test
	void tellsNothingOfAnObjectWhoseMarkerSomebodyRemoved() {
		write(Kind.PUT, LocationRole.SECONDARY, "v1");
		write(Kind.DELETE, LocationRole.PRIMARY, "m1");
		show("v1", "v1");
		versionsAre(LocationRole.PRIMARY, "v1", null);

		look();

		Mockito.verifyNoInteractions(this.discoveries);
	}

	@Test
	void tellsOfADeletionThatHasReplacedALaterWrite() {
		write(Kind.DELETE, LocationRole.SECONDARY, "m1");
		write(Kind.PUT, LocationRole.PRIMARY, "v2");
		show(null, null);
		versionsAre(LocationRole.PRIMARY, null, "m1");

		look();

		Mockito.verify(this.discoveries).buried("key", LocationRole.PRIMARY);
		Mockito.verifyNoMoreInteractions(this.discoveries);
	}

	@Test
	void looksAtAKeyOnceItHasBeenAtRest() {
		write(Kind.PUT, LocationRole.SECONDARY, "v2");
		this.lateWrites.suspect("key");
		turn();
		assertThat(this.asked).isEmpty();
		ReflectionTestUtils.setField(this.lateWrites, "nanos", 1L);
		turn();
		turn();
		assertThat(this.asked).isNotEmpty().doesNotHaveDuplicates();
	}

	@Test
	void leavesAKeyAloneThatMayNotBeHomeYet() {
		write(Kind.PUT, LocationRole.PRIMARY, "v1");
		write(Kind.PUT, LocationRole.SECONDARY, "v2");
		this.awaited.add("key");

		look();

		assertThat(this.asked).isEmpty();
	}

	@Test
	void looksLaterOnceMoreIfALocationIsNotReached() {
		write(Kind.PUT, LocationRole.PRIMARY, "v1");
		write(Kind.PUT, LocationRole.SECONDARY, "v2");
		show("v1", "v1");
		for (RuntimeException error : List.of(SdkClientException.create("Reset"),
				S3Exception.builder().statusCode(503).build(), new IllegalStateException("Pool shut down"))) {
			Mockito.doThrow(error).when(this.west).headObject(Mockito.any(HeadObjectRequest.class));
			look();
			Mockito.verifyNoInteractions(this.discoveries);
		}
		answer(this.west, LocationRole.SECONDARY);
		turn();

		Mockito.verify(this.discoveries).buried("key", LocationRole.SECONDARY);
	}

	@Test
	void looksAtSomeKeysASecond() {
		for (int i = 0; i < 40; i++) {
			write("key" + i, Kind.PUT, LocationRole.PRIMARY, "v1");
			write("key" + i, Kind.PUT, LocationRole.SECONDARY, "v2");
			this.lateWrites.suspect("key" + i);
		}
		show("v2", "v2");

		ReflectionTestUtils.setField(this.lateWrites, "nanos", 1L);
		turn();
		assertThat(this.asked).hasSize(32);
		turn();
		turn();
		assertThat(this.asked).hasSize(80);
	}

	@Test
	void hasAThreadOnlyWhileThereAreKeysToLookAt() {
		assertThat(this.threads).isEmpty();
		this.lateWrites.suspect("key");
		assertThat(this.threads).hasSize(1);

		look();
		Mockito.verify(this.threads.get(0)).shutdown();

		LateWrites never = lateWrites(Duration.ZERO);
		never.suspect("key");
		this.lateWrites.close();
		this.lateWrites.suspect("key");
		assertThat(this.threads).hasSize(1);
	}

	private LateWrites lateWrites(Duration rest) {
		LocationPair pair = new LocationPair(new Location(LocationRole.PRIMARY, this.east, "east", null, null),
				new Location(LocationRole.SECONDARY, this.west, "west", null, null));
		LateWrites created = new LateWrites(rest,
				new AskedPair(pair, new TrafficDirector(HealthSettings.DEFAULTS, List.of()), this.writes),
				this.awaited::contains, this.discoveries, () -> this.demoted++);
		Supplier<ScheduledExecutorService> begun = () -> {
			this.threads.add(Mockito.mock(ScheduledExecutorService.class));
			return this.threads.get(this.threads.size() - 1);
		};
		ReflectionTestUtils.setField(turnsOf(created), "threads", begun);
		return created;
	}

	private static Object turnsOf(LateWrites lateWrites) {
		return Objects.requireNonNull(ReflectionTestUtils.getField(lateWrites, "turns"));
	}

	private void answer(S3Client client, LocationRole role) {
		Mockito.doAnswer((call) -> head(call.getArgument(0), role))
			.when(client)
			.headObject(Mockito.any(HeadObjectRequest.class));
	}

	private HeadObjectResponse head(HeadObjectRequest request, LocationRole role) {
		this.asked.add(role + " " + request.versionId());
		String shown = (request.versionId() != null) ? request.versionId() : this.current.get(role);
		if (shown == null || this.gone.contains(shown)) {
			throw NoSuchKeyException.builder().statusCode(404).build();
		}
		return HeadObjectResponse.builder().versionId(shown).eTag('"' + shown + '"').build();
	}

	private void show(@Nullable String primary, @Nullable String secondary) {
		this.current.put(LocationRole.PRIMARY, primary);
		this.current.put(LocationRole.SECONDARY, secondary);
	}

	private void versionsAre(LocationRole role, @Nullable String version, @Nullable String marker) {
		ListObjectVersionsResponse.Builder versions = ListObjectVersionsResponse.builder();
		if (version != null) {
			versions.versions(ObjectVersion.builder().key("key").versionId(version).build());
		}
		if (marker != null) {
			versions.deleteMarkers(DeleteMarkerEntry.builder().key("key").versionId(marker).build());
		}
		Mockito
			.when(((role == LocationRole.PRIMARY) ? this.east : this.west)
				.listObjectVersions(Mockito.any(ListObjectVersionsRequest.class)))
			.thenReturn(versions.build());
	}

	private void write(Kind kind, LocationRole location, String version) {
		write("key", kind, location, version);
	}

	private void write(String key, Kind kind, LocationRole location, String version) {
		long now = System.nanoTime();
		String eTag = (kind == Kind.PUT) ? '"' + version + '"' : null;
		this.writes.written(key, (history) -> history
			.acknowledged(new OwnWrite(kind, location, ObjectIdentity.of(version, eTag), new Span(now, now, null))));
	}

	/**
	 * Look at the key as if it had been at rest.
	 */
	private void look() {
		this.lateWrites.suspect("key");
		ReflectionTestUtils.setField(this.lateWrites, "nanos", 1L);
		turn();
	}

	private void turn() {
		ReflectionTestUtils.invokeMethod(turnsOf(this.lateWrites), "take");
	}

}
