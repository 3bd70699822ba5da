package io.s3s3.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How {@link LocationListener}s are told.
 */
class ListenerQueueTests {

	private final ManualTime time = new ManualTime();

	private final RecordingListener recording = new RecordingListener();

	private TrafficDirector director = director();

	@Test
	void tellsTheOthersWhenAListenerThrows() {
		LocationListener broken = new LocationListener() {

			@Override
			public void onLocationEvent(LocationEvent event) {
				throw new IllegalStateException("broken");
			}

		};
		TrafficDirector director = director(broken, this.recording);

		force(director, LocationRole.SECONDARY);

		assertThat(this.recording.take()).containsExactly("traffic primary -> secondary (forced)");
		assertThat(director.order(null).get(0)).isEqualTo(LocationRole.SECONDARY);
	}

	@Test
	void sparesTheCallOnItsWayTheErrorsOfAListener() {
		LocationListener fatal = new LocationListener() {

			@Override
			public void onLocationEvent(LocationEvent event) {
				throw new StackOverflowError("as told");
			}

		};
		TrafficDirector director = director(fatal, this.recording);

		force(director, LocationRole.SECONDARY);
		director.update((pair, now) -> pair.force(null));

		assertThat(this.recording.take()).containsExactly("traffic primary -> secondary (forced)",
				"traffic secondary -> primary (released)");
	}

	@Test
	void keepsTheOrderWhenAListenerChangesSomething() {
		LocationListener meddling = new LocationListener() {

			@Override
			public void onLocationEvent(LocationEvent event) {
				if (event instanceof TrafficSwitched move && move.getTo() == LocationRole.SECONDARY) {
					ListenerQueueTests.this.director.update((pair, now) -> pair.force(null));
				}
			}

		};
		TrafficDirector director = director(meddling, this.recording);
		this.director = director;

		force(director, LocationRole.SECONDARY);

		assertThat(this.recording.take()).containsExactly("traffic primary -> secondary (forced)",
				"traffic secondary -> primary (released)");
	}

	@Test
	void tellsWithNoLockHeld() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		List<LocationRole> seen = new ArrayList<>();
		LocationListener asking = new LocationListener() {

			@Override
			public void onLocationEvent(LocationEvent event) {
				try {
					seen.add(executor.submit(() -> ListenerQueueTests.this.director.status().first())
						.get(10, TimeUnit.SECONDS));
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}

		};
		TrafficDirector director = director(asking);
		this.director = director;

		force(director, LocationRole.SECONDARY);
		executor.shutdownNow();

		assertThat(seen).containsExactly(LocationRole.SECONDARY);
	}

	@Test
	void tellsEachTransitionOnceAndInOrderThoughManyThreadsBringThemAbout() throws Exception {
		List<TrafficSwitched> told = Collections.synchronizedList(new ArrayList<>());
		LocationListener collecting = new LocationListener() {

			@Override
			public void onLocationEvent(LocationEvent event) {
				told.add((TrafficSwitched) event);
			}

		};
		TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of(collecting));
		int threads = 8;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		CountDownLatch start = new CountDownLatch(1);
		List<Future<?>> done = new ArrayList<>();
		IntStream.range(0, threads).forEach((thread) -> done.add(executor.submit(() -> {
			start.await();
			for (int i = 0; i < 2000; i++) {
				force(director, ((i + thread) % 2 == 0) ? LocationRole.SECONDARY : LocationRole.PRIMARY);
			}
			return null;
		})));
		start.countDown();
		for (Future<?> each : done) {
			each.get(30, TimeUnit.SECONDS);
		}
		executor.shutdownNow();

		assertThat(told).hasSizeGreaterThan(1);
		LocationRole at = LocationRole.PRIMARY;
		for (TrafficSwitched each : told) {
			assertThat(each.getFrom()).isEqualTo(at);
			at = each.getTo();
		}
		assertThat(director.order(null).get(0)).isEqualTo(at);
	}

	private TrafficDirector director(LocationListener... listeners) {
		return new TrafficDirector(HealthSettings.DEFAULTS, List.of(listeners), this.time, () -> 0);
	}

	private static void force(TrafficDirector director, LocationRole role) {
		director.update((pair, now) -> pair.force(Forced.of(role, Duration.ofHours(1), now)));
	}

}
