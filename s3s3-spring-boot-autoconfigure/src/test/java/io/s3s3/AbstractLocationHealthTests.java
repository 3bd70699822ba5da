package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.health.LocationEvent;
import io.s3s3.health.SwitchReason;
import io.s3s3.health.TrafficSwitched;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * Two locations, the first of them behind a proxy that fails.
 */
abstract class AbstractLocationHealthTests {

	static final String[] FAST = { "s3s3.circuit.without-success=0ms", "s3s3.probe.interval=50ms",
			"s3s3.probe.timeout=3s", "s3s3.failback.hold-down=300ms", "s3s3.failback.ramp=50",
			"s3s3.failback.ramp-step=100ms" };

	EmbeddedS3 east;

	EmbeddedS3 west;

	FaultProxy primary;

	FaultProxy secondary;

	@BeforeEach
	void start() {
		this.east = EmbeddedS3.start("east");
		this.west = EmbeddedS3.start("west");
		this.primary = FaultProxy.to(this.east.endpoint());
		this.secondary = FaultProxy.to(this.west.endpoint());
		for (EmbeddedS3 each : List.of(this.east, this.west)) {
			try (S3Client client = each.client()) {
				client.putObject((request) -> request.bucket(each.bucket()).key("key"),
						RequestBody.fromString(each.bucket()));
			}
		}
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
		this.east.close();
		this.west.close();
	}

	ApplicationContextRunner pair() {
		return pair(this.primary.uri());
	}

	ApplicationContextRunner pair(java.net.URI primary) {
		return Contexts.pair(primary, "east", this.secondary.uri(), "west")
			.withPropertyValues(Contexts.primaryTimeouts(Duration.ofSeconds(1)))
			.withPropertyValues(FAST)
			.withUserConfiguration(Listener.class);
	}

	ApplicationContextRunner probedPair() {
		return pair().withPropertyValues("s3s3.probe.enabled=true");
	}

	/**
	 * Listens as an application does.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Listener {

		final List<LocationEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(LocationEvent event) {
			this.events.add(event);
		}

		List<String> texts() {
			return this.events.stream().map(LocationEvent::toString).toList();
		}

		List<SwitchReason> switches() {
			return this.events.stream()
				.filter(TrafficSwitched.class::isInstance)
				.map((event) -> ((TrafficSwitched) event).getReason())
				.toList();
		}

	}

}
