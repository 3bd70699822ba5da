package io.s3s3.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ProbeScheduler}: what it does until it stops, and that stopping says
 * nothing of the locations.
 */
class ProbeSchedulerTests {

	private static final LocationRole PRIMARY = LocationRole.PRIMARY;

	private final DirectedTraffic traffic = new DirectedTraffic(
			DirectedTraffic.settings().probeInterval(Duration.ofMillis(1)).standbyProbed(true).build());

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final AtomicInteger probes = new AtomicInteger();

	private volatile HealthProbe probe = (location) -> ProbeResult.SUCCESS;

	private final ProbeScheduler scheduler = new ProbeScheduler(this.traffic.director,
			new LocationPair(Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east"),
					Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west")),
			(location) -> {
				this.probes.incrementAndGet();
				return this.probe.probe(location);
			}, (task) -> {
				Thread thread = new Thread(task);
				this.threads.add(thread);
				return thread;
			});

	@AfterEach
	void stop() {
		this.scheduler.stop();
	}

	@Test
	void saysNothingOfALocationThatIsOutWhenItStops() {
		this.probe = (location) -> ProbeResult.FAILURE;
		this.scheduler.start();
		Awaitility.await().until(() -> this.traffic.director.status().isAllOut());
		this.traffic.listener.take();
		this.traffic.passSeconds(3600);

		this.scheduler.stop();
		this.traffic.passSeconds(3600);

		assertThat(this.traffic.director.status().isAllOut()).isTrue();
		assertThat(this.traffic.listener.take()).isEmpty();
	}

	@Test
	void saysNothingOfAProbeThatWasCutShort() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		this.probe = (location) -> {
			try {
				never.await();
				return ProbeResult.SUCCESS;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException("cut short", ex);
			}
		};
		this.scheduler.start();
		Awaitility.await().until(() -> this.probes.get() == 2);

		this.scheduler.stop();

		assertThat(this.traffic.director.status().primary().lastProbe()).isNull();
		for (Thread thread : this.threads) {
			thread.join(10_000);
			assertThat(thread.isAlive()).isFalse();
		}
	}

	@Test
	void leavesAProbeThatOutlivesTheStopOutOfTheNextRun() throws Exception {
		CountDownLatch stopped = new CountDownLatch(1);
		this.probe = (location) -> {
			awaitThoughInterrupted(stopped);
			throw new IllegalStateException("too late");
		};
		this.scheduler.start();
		Awaitility.await().until(() -> this.probes.get() == 2);
		this.scheduler.stop();
		this.probe = (location) -> ProbeResult.SUCCESS;
		this.scheduler.start();

		stopped.countDown();
		for (Thread thread : this.threads.subList(0, 2)) {
			thread.join(10_000);
		}
		Awaitility.await().until(() -> this.traffic.director.status().primary().lastProbe() != null);

		assertThat(this.traffic.director.status().get(PRIMARY).lastProbe()).extracting(ProbeReport::result)
			.isEqualTo(ProbeResult.SUCCESS);
		assertThat(this.traffic.listener.take()).isEmpty();
	}

	@Test
	void goesOnAfterAProbeThatLeavesItsThreadInterrupted() {
		this.probe = (location) -> {
			Thread.currentThread().interrupt();
			return ProbeResult.FAILURE;
		};
		this.scheduler.start();

		Awaitility.await().until(() -> this.probes.get() > 10);

		assertThat(this.threads).allMatch(Thread::isAlive);
	}

	@Test
	void outlivesAnErrorInAProbe() {
		this.probe = (location) -> {
			throw new StackOverflowError("as told");
		};
		this.scheduler.start();

		Awaitility.await().until(() -> this.probes.get() == 2);
		Awaitility.await()
			.until(() -> this.threads.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));

		assertThat(this.threads).allMatch(Thread::isAlive);
	}

	@Test
	void aDirectorThatIsStoppedLearnsAndTellsNothing() {
		this.traffic.director.stop();
		this.traffic.passSeconds(1);
		for (int i = 0; i < 5; i++) {
			this.traffic.fail(PRIMARY, null);
			this.traffic.probe(PRIMARY, ProbeResult.FAILURE);
		}
		assertThat(this.traffic.director.isRunning()).isFalse();
		assertThat(this.traffic.director.order("key").get(0)).isEqualTo(PRIMARY);
		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);
		assertThat(this.traffic.listener.take()).isEmpty();

		this.traffic.director.start();
		this.traffic.fail(PRIMARY, null);
		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);
		this.traffic.takeOut(PRIMARY);
	}

	private static void awaitThoughInterrupted(CountDownLatch latch) {
		boolean interrupted;
		do {
			interrupted = false;
			try {
				latch.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		while (interrupted);
	}

}
