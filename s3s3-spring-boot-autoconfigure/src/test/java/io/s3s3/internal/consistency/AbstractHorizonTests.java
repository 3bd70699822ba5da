package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * A horizon whose secondary location lacks what is called missing, and denies what is
 * called denied.
 */
abstract class AbstractHorizonTests {

	static final Duration HORIZON = Duration.ofMinutes(15);

	static final String MISSING = "slow, does not work, or leaves something out: 1 of 2 keys";

	final RecentWrites writes = new LocalWrites(1_000_000);

	final S3Client west = Mockito.mock(S3Client.class);

	final S3Client east = Mockito.mock(S3Client.class);

	final LocationPair pair = new LocationPair(new Location(LocationRole.PRIMARY, this.east, "east", null, null),
			new Location(LocationRole.SECONDARY, this.west, "west", null, null));

	final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	final List<ScheduledExecutorService> threads = new ArrayList<>();

	final List<String> asked = new ArrayList<>();

	final Discoveries discoveries = Mockito.mock(Discoveries.class);

	final Horizon horizon = horizon(HORIZON);

	@BeforeEach
	void answer() {
		beginAnew();
		Mockito.when(this.west.headObject(Mockito.any(HeadObjectRequest.class))).thenAnswer((call) -> {
			String key = call.<HeadObjectRequest>getArgument(0).key();
			this.asked.add(key);
			if (key.startsWith("missing")) {
				throw NoSuchKeyException.builder().statusCode(404).build();
			}
			if (key.startsWith("denied")) {
				throw S3Exception.builder().statusCode(403).build();
			}
			return HeadObjectResponse.builder().versionId(key).build();
		});
	}

	Horizon horizon(Duration horizon) {
		Horizon created = new Horizon(horizon, new AskedPair(this.pair, this.director, this.writes), this.discoveries);
		Supplier<ScheduledExecutorService> begun = () -> {
			this.threads.add(Mockito.mock(ScheduledExecutorService.class));
			return this.threads.get(this.threads.size() - 1);
		};
		Object turns = Objects.requireNonNull(ReflectionTestUtils.getField(created, "turns"));
		ReflectionTestUtils.setField(turns, "threads", begun);
		return created;
	}

	/**
	 * Let all be due that was written more than a horizon ago, whatever was asked for.
	 */
	void ask() {
		beginAnew();
		turn();
	}

	void beginAnew() {
		Map<LocationRole, Long> asked = new EnumMap<>(LocationRole.class);
		for (LocationRole role : LocationRole.values()) {
			asked.put(role, System.nanoTime() - TimeUnit.DAYS.toNanos(1));
		}
		ReflectionTestUtils.setField(this.horizon, "asked", asked);
	}

	void turn() {
		ScheduledExecutorService thread = this.threads.get(this.threads.size() - 1);
		ArgumentCaptor<Runnable> task = ArgumentCaptor.forClass(Runnable.class);
		Mockito.verify(thread, Mockito.atLeastOnce())
			.schedule(task.capture(), Mockito.anyLong(), Mockito.eq(TimeUnit.NANOSECONDS));
		task.getValue().run();
	}

	static Sighting seen(@Nullable String version) {
		return new Sighting(true, ObjectIdentity.of(version, null), null, null);
	}

	void write(String key, LocationRole location, long minutesAgo) {
		long then = System.nanoTime() - TimeUnit.MINUTES.toNanos(minutesAgo);
		this.writes.written(key, (history) -> history
			.acknowledged(new OwnWrite(Kind.PUT, location, ObjectIdentity.of(key, "e"), new Span(then, then, null))));
		this.horizon.written();
	}

}
