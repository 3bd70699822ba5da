package io.s3s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.s3s3.failure.FailoverTrace;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationEvent;
import io.s3s3.health.LocationListener;
import io.s3s3.health.LocationStatusChanged;
import io.s3s3.health.TrafficSwitched;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import io.s3s3.testkit.FaultyEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Closing an application says nothing about the locations, whatever happens meanwhile.
 */
class ClosingIntegrationTests {

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private FaultyEndpoint origin;

	private FaultProxy primary;

	private FaultProxy secondary;

	@BeforeEach
	void start() {
		this.origin = AnsweringEndpoint.answering(Answer.success("object"));
		this.primary = FaultProxy.to(this.origin.uri());
		this.secondary = FaultProxy.to(this.origin.uri());
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.primary.close();
		this.secondary.close();
		this.origin.close();
	}

	@Test
	void aLocationThatRefusedAllAlongIsNotSaidToHaveRecovered() {
		this.primary.mode(Mode.REFUSE);
		probedPair().run((context) -> {
			FailoverControl control = context.getBean(FailoverControl.class);
			Awaitility.await().until(() -> this.told.stream().anyMatch((text) -> text.startsWith("TrafficSwitch")));
			Awaitility.await().until(() -> isHoldDownOver(control));
			this.told.clear();
		});

		assertThat(this.told).isEmpty();
	}

	@Test
	void probesThatAreCutShortAreNoFailures() {
		this.primary.mode(Mode.SILENT);
		this.secondary.mode(Mode.SILENT);
		probedPair().run((context) -> {
			FailoverControl control = context.getBean(FailoverControl.class);
			Awaitility.await().until(() -> this.primary.connections() > 0 && this.secondary.connections() > 0);
			this.threads.execute(() -> probeInVain(control));
		});

		assertThat(this.told).isEmpty();
		assertThat(Thread.getAllStackTraces().keySet())
			.noneMatch((thread) -> thread.getName().startsWith("s3s3-probe-"));
	}

	@Test
	void callsThatEndWithTheirClientsAreNoFailures() throws Exception {
		this.primary.mode(Mode.SILENT);
		this.secondary.mode(Mode.SILENT);
		List<Future<Throwable>> calls = new CopyOnWriteArrayList<>();
		pair().withPropertyValues("s3s3.primary.read-timeout=30s", "s3s3.secondary.read-timeout=30s").run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			for (int i = 0; i < 5; i++) {
				String key = "key-" + i;
				calls.add(this.threads.submit(() -> catchThrowable(() -> template.downloadAsBytes(key))));
			}
			Awaitility.await().until(() -> this.primary.connections() == 5);
		});

		this.primary.mode(Mode.REFUSE);
		this.secondary.mode(Mode.REFUSE);
		for (Future<Throwable> call : calls) {
			Throwable error = call.get(30, TimeUnit.SECONDS);
			assertThat(error).isInstanceOfAny(SdkException.class, IllegalStateException.class);
			assertThat(FailoverTrace.of(error).orElseThrow().attempts()).hasSizeLessThanOrEqualTo(2);
		}
		assertThat(this.told).isEmpty();
	}

	private static void probeInVain(FailoverControl control) {
		Throwable unused = catchThrowable(() -> control.probeNow(LocationRole.PRIMARY));
	}

	private static boolean isHoldDownOver(FailoverControl control) {
		java.time.Instant end = control.status().primary().holdDownEnd();
		return end != null && end.isBefore(java.time.Instant.now());
	}

	private ApplicationContextRunner pair() {
		return Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.circuit.without-success=0ms", "s3s3.failback.hold-down=100ms",
					"s3s3.failback.ramp-step=100ms")
			.withBean("recording", LocationListener.class, ReplayBuffer::new);
	}

	private ApplicationContextRunner probedPair() {
		return pair().withPropertyValues("s3s3.probe.enabled=true", "s3s3.probe.interval=50ms",
				"s3s3.probe.timeout=30s");
	}

	/**
	 * Notes what is told.
	 */
	private final class ReplayBuffer implements LocationListener {

		@Override
		public void onLocationEvent(LocationEvent event) {
			if (event instanceof LocationStatusChanged || event instanceof TrafficSwitched) {
				ClosingIntegrationTests.this.told.add(event.toString());
			}
		}

	}

}
