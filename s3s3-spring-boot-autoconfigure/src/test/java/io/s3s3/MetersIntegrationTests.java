package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.OneShot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the meters show of real calls.
 */
class MetersIntegrationTests {

	private EmbeddedS3 west;

	@BeforeEach
	void start() {
		this.west = EmbeddedS3.start("west");
	}

	@AfterEach
	void stop() {
		this.west.close();
	}

	@Test
	void countsAttemptsByLocationAndResult() {
		try (FaultyEndpoint east = AnsweringEndpoint.answering(500, "InternalError")) {
			pair(east).run((context) -> {
				context.getBean(FailoverS3Template.class).upload("key", new byte[] { 1 });

				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(count(meters, "s3s3.attempts", "location", "primary", "result", "server-error", "operation",
						"PutObject"))
					.isEqualTo(1);
				assertThat(count(meters, "s3s3.attempts", "location", "secondary", "result", "success")).isEqualTo(1);
				assertThat(meters.find("s3s3.attempts").counters()).hasSize(2);
				assertThat(meters.find("s3s3.throttles").counters()).isEmpty();
			});
		}
	}

	@Test
	void countsThrottles() {
		try (FaultyEndpoint east = AnsweringEndpoint.answering(503, "SlowDown")) {
			pair(east).run((context) -> {
				context.getBean(FailoverS3Template.class).upload("key", new byte[] { 1 });

				assertThat(count(context.getBean(MeterRegistry.class), "s3s3.throttles", "location", "primary"))
					.isEqualTo(1);
			});
		}
	}

	@Test
	void showsStatusSwitchesAndTheTimeAwayFromHome() {
		try (FaultyEndpoint east = FaultyEndpoint.refusing()) {
			pair(east).withPropertyValues("s3s3.circuit.without-success=0ms").run((context) -> {
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(status(meters, "primary", "up")).isEqualTo(1);
				assertThat(status(meters, "primary", "out")).isZero();
				assertThat(meters.get("s3s3.away.from.home").functionCounter().count()).isZero();

				for (int i = 0; i < 3; i++) {
					context.getBean(FailoverS3Template.class).exists("key");
				}

				assertThat(status(meters, "primary", "up")).isZero();
				assertThat(status(meters, "primary", "out")).isEqualTo(1);
				assertThat(status(meters, "secondary", "up")).isEqualTo(1);
				assertThat(
						count(meters, "s3s3.switches", "from", "primary", "to", "secondary", "reason", "circuit-open"))
					.isEqualTo(1);
				assertThat(meters.get("s3s3.away.from.home").functionCounter().count()).isPositive();
			});
		}
	}

	@Test
	void timesProbes() {
		try (FaultyEndpoint east = FaultyEndpoint.refusing()) {
			pair(east).run((context) -> {
				FailoverControl control = context.getBean(FailoverControl.class);
				control.probeNow(LocationRole.PRIMARY);
				Duration duration = control.probeNow(LocationRole.SECONDARY).duration();

				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("s3s3.probes").tags("location", "primary", "result", "failure").timer().count())
					.isEqualTo(1);
				assertThat(meters.get("s3s3.probes")
					.tags("location", "secondary", "result", "success")
					.timer()
					.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(duration.toNanos());
			});
		}
	}

	@Test
	void leavesTheMetricsOfTheSdkOutByDefault() {
		try (FaultyEndpoint east = FaultyEndpoint.refusing()) {
			pair(east).run((context) -> {
				context.getBean(FailoverS3Template.class).exists("key");

				assertThat(context.getBean(MeterRegistry.class).getMeters())
					.noneMatch((meter) -> meter.getId().getName().startsWith("s3s3.sdk"));
			});
		}
	}

	@Test
	void publishesTheMetricsOfTheSdkWhenToldTo() {
		try (FaultyEndpoint east = AnsweringEndpoint.answering(500, "InternalError")) {
			pair(east).withPropertyValues("s3s3.metrics.sdk=true").run((context) -> {
				context.getBean(FailoverS3Template.class).upload("key", new byte[] { 1 });

				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("s3s3.sdk.calls")
					.tags("location", "primary", "outcome", "failure", "operation", "PutObject")
					.timer()
					.count()).isEqualTo(1);
				assertThat(meters.get("s3s3.sdk.requests").tags("location", "primary", "status", "500").timer().count())
					.isEqualTo(2);
				assertThat(count(meters, "s3s3.sdk.retries", "location", "primary")).isEqualTo(1);
				assertThat(meters.get("s3s3.sdk.calls")
					.tags("location", "secondary", "outcome", "success")
					.timer()
					.count()).isEqualTo(1);
				assertThat(meters.get("s3s3.sdk.connections").tags("location", "secondary", "state", "leased").gauge())
					.isNotNull();
				assertThat(meters.get("s3s3.sdk.connection.waits").tags("location", "secondary").timer().count())
					.isPositive();
			});
		}
	}

	@Test
	void describesEachMeter() {
		try (FaultyEndpoint east = AnsweringEndpoint.answering(503, "SlowDown")) {
			pair(east)
				.withPropertyValues("s3s3.metrics.sdk=true", "s3s3.circuit.consecutive-throttles=1",
						"s3s3.transfer.memory-limit=0")
				.run((context) -> {
					context.getBean(FailoverS3Template.class)
						.putObject((request) -> request.key("key"),
								RequestBody.fromInputStream(new OneShot(new byte[1 << 19]), 1 << 19));
					context.getBean(FailoverControl.class).probeNow(LocationRole.SECONDARY);

					List<Meter.Id> ids = context.getBean(MeterRegistry.class)
						.getMeters()
						.stream()
						.map(Meter::getId)
						.filter((id) -> id.getName().startsWith("s3s3."))
						.toList();
					assertThat(ids).extracting(Meter.Id::getName)
						.contains("s3s3.requests", "s3s3.failovers", "s3s3.attempts", "s3s3.throttles", "s3s3.switches",
								"s3s3.probes", "s3s3.location.status", "s3s3.away.from.home", "s3s3.sdk.calls",
								"s3s3.sdk.requests", "s3s3.sdk.retries", "s3s3.sdk.connection.waits",
								"s3s3.sdk.connections");
					assertThat(ids).allSatisfy((id) -> assertThat(id.getDescription()).as(id.getName()).isNotBlank());
					assertThat(ids).filteredOn((id) -> id.getType() == Meter.Type.COUNTER)
						.allSatisfy((id) -> assertThat(id.getBaseUnit()).as(id.getName()).isNotBlank());
				});
		}
	}

	private ApplicationContextRunner pair(FaultyEndpoint primary) {
		return Contexts.pair(primary.uri(), "east", this.west.endpoint(), "west");
	}

	private static double status(MeterRegistry meters, String location, String status) {
		return meters.get("s3s3.location.status").tags("location", location, "status", status).gauge().value();
	}

	private static double count(MeterRegistry meters, String name, String... tags) {
		return meters.get(name).tags(tags).counter().count();
	}

}
