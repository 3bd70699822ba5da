package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HorizonTests {

	private static final Duration HORIZON = Duration.ofMinutes(15);

	private static final String MISSING = "slow, does not work, or leaves something out: 1 of 2 keys";

	private final RecentWrites writes = new RecentWrites(1_000_000);

	private final S3Client west = Mockito.mock(S3Client.class);

	private final LocationPair pair = new LocationPair(
			new Location(LocationRole.PRIMARY, Mockito.mock(S3Client.class), "east", null, null),
			new Location(LocationRole.SECONDARY, this.west, "west", null, null));

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	private final List<ScheduledExecutorService> threads = new ArrayList<>();

	private final List<String> asked = new ArrayList<>();

	private final Discoveries discoveries = Mockito.mock(Discoveries.class);

	private final Horizon horizon = horizon(HORIZON);

	@BeforeEach
	void answer() {
		ReflectionTestUtils.setField(this.horizon, "asked", System.nanoTime() - TimeUnit.DAYS.toNanos(1));
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

	@Test
	void asksOnceForWhatOnlyHomeHasKnownForLong() {
		write("missing", LocationRole.PRIMARY, 16);
		write("old", LocationRole.PRIMARY, 16);
		write("elsewhere", LocationRole.SECONDARY, 16);
		write("arrived", LocationRole.PRIMARY, 16);
		this.writes.changed("arrived", (history) -> history.confirmed(LocationRole.SECONDARY, seen("arrived")));
		write("new", LocationRole.PRIMARY, 14);

		turn();
		turn();

		assertThat(this.asked).containsExactly("missing", "old");
		Mockito.verify(this.discoveries).notReplicated("missing", LocationRole.SECONDARY);
		Mockito.verifyNoMoreInteractions(this.discoveries);
		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(2);
	}

	@Test
	void asksForAKeyThatIsWrittenAgainAndAgainByItsLastWrite() {
		write("hot", LocationRole.PRIMARY, 40);
		write("cold", LocationRole.PRIMARY, 20);
		write("hot", LocationRole.PRIMARY, 16);
		turn();
		assertThat(this.asked).containsExactly("cold", "hot");
		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isZero();
	}

	@Test
	void asksForWhatSomebodyElseHasWrittenSinceItWasKnownEverywhere() {
		write("key", LocationRole.PRIMARY, 60);
		this.writes.changed("key", (history) -> history.confirmed(LocationRole.SECONDARY, seen("key")));
		this.writes.changed("key", (history) -> history.shown(LocationRole.PRIMARY, seen("other"), System.nanoTime()));

		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(1);
		assertThat(Objects.requireNonNull(this.writes.of("key")).written())
			.isGreaterThan(System.nanoTime() - HORIZON.toNanos());
	}

	@Test
	void asksForSomeKeysASecond() {
		for (int i = 0; i < 120; i++) {
			write("key" + i, LocationRole.PRIMARY, 16);
		}

		turn();
		assertThat(this.asked).hasSize(50);
		turn();
		turn();

		assertThat(this.asked).hasSize(120).doesNotHaveDuplicates();
	}

	@Test
	void asksNobodyWhileTheOtherLocationIsOut() {
		write("key", LocationRole.PRIMARY, 16);
		FailoverControl control = FailoverControl.of(this.director, this.pair,
				HealthProbe.headBucket(Duration.ofSeconds(1)));
		control.drain(LocationRole.SECONDARY);
		turn();
		assertThat(this.asked).isEmpty();

		control.undrain(LocationRole.SECONDARY);
		turn();

		assertThat(this.asked).containsExactly("key");
	}

	@Test
	void asksOnceMoreIfTheLocationWasNotReached() {
		Mockito.when(this.west.headObject(Mockito.any(HeadObjectRequest.class)))
			.thenThrow(SdkClientException.create("Reset"))
			.thenReturn(HeadObjectResponse.builder().versionId("key").build());
		write("key", LocationRole.PRIMARY, 16);
		turn();
		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(1);

		turn();

		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isZero();
	}

	@Test
	void saysOnceThatSomethingIsMissingUntilNothingIs(CapturedOutput output) {
		for (int i = 0; i < 2; i++) {
			write("missing", LocationRole.PRIMARY, 16);
			write("old", LocationRole.PRIMARY, 16);
			ask();
		}
		assertThat(output).containsOnlyOnce(MISSING);

		this.writes.forget("missing");
		write("old", LocationRole.PRIMARY, 16);
		ask();
		write("missing", LocationRole.PRIMARY, 16);
		write("old", LocationRole.PRIMARY, 16);
		ask();

		assertThat(output.toString().split(MISSING, -1)).hasSize(3);
	}

	@Test
	void saysThatItCannotFindOutRatherThanThatSomethingIsMissing(CapturedOutput output) {
		write("denied", LocationRole.PRIMARY, 16);
		ask();

		assertThat(output).contains("secondary location cannot be found out: access is denied")
			.doesNotContain("leaves something out");
	}

	@Test
	void hasAThreadOnlyWhileSomethingMayBecomeDue() {
		assertThat(this.threads).isEmpty();
		write("missing", LocationRole.PRIMARY, 0);
		turn();
		assertThat(this.threads).hasSize(1);
		Mockito.verify(this.threads.get(0), Mockito.never()).shutdown();

		this.writes.forget("missing");
		turn();
		Mockito.verify(this.threads.get(0)).shutdown();

		write("key", LocationRole.PRIMARY, 0);
		assertThat(this.threads).hasSize(2);
	}

	@Test
	void hasNoThreadIfNothingIsToBeAskedFor() {
		Horizon never = horizon(Duration.ZERO);
		never.written();
		this.horizon.close();
		this.horizon.written();

		assertThat(this.threads).isEmpty();
	}

	private Horizon horizon(Duration horizon) {
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
	private void ask() {
		ReflectionTestUtils.setField(this.horizon, "asked", System.nanoTime() - TimeUnit.DAYS.toNanos(1));
		turn();
	}

	private void turn() {
		ScheduledExecutorService thread = this.threads.get(this.threads.size() - 1);
		ArgumentCaptor<Runnable> task = ArgumentCaptor.forClass(Runnable.class);
		Mockito.verify(thread, Mockito.atLeastOnce())
			.schedule(task.capture(), Mockito.anyLong(), Mockito.eq(TimeUnit.NANOSECONDS));
		task.getValue().run();
	}

	private static Sighting seen(@Nullable String version) {
		return new Sighting(true, ObjectIdentity.of(version, null), null, null);
	}

	private void write(String key, LocationRole location, long minutesAgo) {
		long then = System.nanoTime() - TimeUnit.MINUTES.toNanos(minutesAgo);
		this.writes.written(key, (history) -> history
			.acknowledged(new OwnWrite(Kind.PUT, location, ObjectIdentity.of(key, "e"), new Span(then, then, null))));
		this.horizon.written();
	}

}
