package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationEvent;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.LocationStatusChanged;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.ProbeScheduler;
import io.s3s3.health.SwitchReason;
import io.s3s3.health.TrafficSwitched;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import io.s3s3.testkit.FaultyEndpoint;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The health of locations over real sockets, through an application context: what a dead
 * primary costs, how calls come back, and what an operator can do.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocationHealthIntegrationTests {

	private static final String[] FAST = { "s3s3.circuit.without-success=0ms", "s3s3.probe.interval=50ms",
			"s3s3.probe.timeout=300ms", "s3s3.failback.hold-down=300ms", "s3s3.failback.ramp=50",
			"s3s3.failback.ramp-step=100ms" };

	private EmbeddedS3 east;

	private EmbeddedS3 west;

	private FaultProxy primary;

	private FaultProxy secondary;

	@BeforeEach
	void start() {
		this.east = EmbeddedS3.start("east");
		this.west = EmbeddedS3.start("west");
		this.primary = new FaultProxy(this.east.endpoint());
		this.secondary = new FaultProxy(this.west.endpoint());
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

	@Test
	void aDeadPrimaryCostsTheFirstThreeCallsOnly() {
		pair().withPropertyValues("s3s3.failback.hold-down=1m").run((context) -> {
			this.primary.mode(Mode.SILENT);
			for (int i = 0; i < 20; i++) {
				assertThat(read(context.getBean(FailoverS3Template.class))).isEqualTo("west");
			}

			assertThat(this.primary.connections()).isEqualTo(3);
			assertThat(context.getBean(Listener.class).texts()).containsExactly(
					"LocationStatusChanged[primary: up to out, consecutive-failures]",
					"TrafficSwitched[primary to secondary, circuit-open]");
		});
	}

	@Test
	void leavesConditionalWritesAtHomeThoughItIsOut() {
		pair().run((context) -> {
			this.primary.mode(Mode.UNAVAILABLE);
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			takeOut(context.getBean(FailoverControl.class), template);

			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> template
				.putObject((request) -> request.key("new").ifNoneMatch("*"), RequestBody.fromString("x")));

			context.getBean(FailoverControl.class).force(LocationRole.SECONDARY);
			template.putObject((request) -> request.key("new").ifNoneMatch("*"), RequestBody.fromString("x"));
			assertThat(template.exists("new")).isTrue();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSE", "SILENT", "UNAVAILABLE" })
	void callsComeBackWhenThePrimaryWorksAgain(Mode fault) {
		probedPair().run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			this.primary.mode(fault);
			takeOut(context.getBean(FailoverControl.class), template);
			this.primary.mode(Mode.FORWARD);

			Awaitility.await().untilAsserted(() -> {
				assertThat(context.getBean(FailoverControl.class).status().primary().status())
					.isEqualTo(LocationStatus.UP);
				assertThat(read(template)).isEqualTo("east");
			});
			// Calls or probes, whoever was first.
			assertThat(context.getBean(Listener.class).texts()).first(InstanceOfAssertFactories.STRING)
				.startsWith("LocationStatusChanged[primary: up to out, ");
			assertThat(context.getBean(Listener.class).texts()).containsSubsequence(
					"LocationStatusChanged[primary: out to recovered, probes-succeeded]",
					"LocationStatusChanged[primary: recovered to ramping, hold-down-over]",
					"FailbackProgressed[started to primary: 50 percent, failback]",
					"LocationStatusChanged[primary: ramping to up, ramp-completed]",
					"TrafficSwitched[secondary to primary, failback]",
					"FailbackProgressed[completed to primary: 100 percent, failback]");
		});
	}

	@Test
	void callsDoTheTrialWithoutProbes() {
		pair().run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			this.primary.mode(Mode.REFUSE);
			takeOut(context.getBean(FailoverControl.class), template);
			this.primary.mode(Mode.FORWARD);

			Awaitility.await().untilAsserted(() -> {
				assertThat(read(template)).isEqualTo("east");
				assertThat(context.getBean(FailoverControl.class).status().first()).isEqualTo(LocationRole.PRIMARY);
			});
		});
	}

	@ParameterizedTest
	@CsvSource({ "REFUSE, FORWARD, primary", "FORWARD, REFUSE, secondary" })
	void startsAndSaysSoOnceThoughALocationIsDown(Mode primaryMode, Mode secondaryMode, String down,
			CapturedOutput output) {
		this.primary.mode(primaryMode);
		this.secondary.mode(secondaryMode);
		probedPair().run((context) -> {
			assertThat(context).hasNotFailed();
			FailoverControl control = context.getBean(FailoverControl.class);
			Awaitility.await().until(() -> control.status().get(role(down)).status() == LocationStatus.OUT);
			assertThat(read(context.getBean(FailoverS3Template.class)))
				.isEqualTo((role(down) == LocationRole.PRIMARY) ? "west" : "east");
			assertThat(output.getOut()
				.split("The %s location is out \\(probes-failed: [a-zA-Z]*Connect\\w*\\)".formatted(down), -1))
				.hasSize(2);

			this.primary.mode(Mode.FORWARD);
			this.secondary.mode(Mode.FORWARD);

			Awaitility.await().untilAsserted(() -> {
				assertThat(control.status().get(role(down)).status()).isEqualTo(LocationStatus.UP);
				assertThat(control.status().first()).isEqualTo(LocationRole.PRIMARY);
			});
		});
	}

	@Test
	void startsThoughBothLocationsAreDownAndRecoversByItself() {
		this.primary.mode(Mode.REFUSE);
		this.secondary.mode(Mode.REFUSE);
		probedPair().run((context) -> {
			FailoverControl control = context.getBean(FailoverControl.class);
			Listener listener = context.getBean(Listener.class);
			Awaitility.await().until(() -> control.status().isAllOut());
			assertThatExceptionOfType(SdkException.class)
				.isThrownBy(() -> read(context.getBean(FailoverS3Template.class)));

			this.secondary.mode(Mode.FORWARD);
			Awaitility.await().until(() -> control.status().secondary().status() == LocationStatus.UP);
			assertThat(read(context.getBean(FailoverS3Template.class))).isEqualTo("west");
			this.primary.mode(Mode.FORWARD);
			Awaitility.await().until(() -> control.status().first() == LocationRole.PRIMARY);

			assertThat(read(context.getBean(FailoverS3Template.class))).isEqualTo("east");
			assertThat(listener.texts().stream().filter((text) -> text.startsWith("AllLocationsOut["))).hasSize(1);
			assertThat(listener.texts().stream().filter((text) -> text.startsWith("LocationAvailableAgain[")))
				.hasSize(1);
		});
	}

	@Test
	void obeysAnOperator() {
		pair().run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			FailoverControl control = context.getBean(FailoverControl.class);
			control.force(LocationRole.SECONDARY, Duration.ofHours(1));
			assertThat(read(template)).isEqualTo("west");
			assertThat(context.getBean(FailoverS3Client.class).home().role()).isEqualTo(LocationRole.SECONDARY);
			control.release();
			assertThat(read(template)).isEqualTo("east");
			control.drain(LocationRole.PRIMARY);
			assertThat(read(template)).isEqualTo("west");

			this.secondary.mode(Mode.REFUSE);
			int connections = this.primary.connections();
			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> read(template))
				.withStackTraceContaining("an operator took the other location out");
			assertThat(this.primary.connections()).isEqualTo(connections);

			control.undrain(LocationRole.PRIMARY);
			assertThat(read(template)).isEqualTo("east");
			assertThat(context.getBean(Listener.class).switches()).containsSubsequence(SwitchReason.FORCED,
					SwitchReason.RELEASED, SwitchReason.DRAINED);
		});
	}

	@Test
	void reportsAProbeThatIsDeniedAsSuch(CapturedOutput output) {
		try (FaultyEndpoint forbidding = FaultyEndpoint.answering(403, "AccessDenied")) {
			pair(forbidding.uri()).run((context) -> {
				FailoverControl control = context.getBean(FailoverControl.class);

				assertThat(control.probeNow(LocationRole.PRIMARY).result()).isEqualTo(ProbeResult.DENIED);
				control.probeNow(LocationRole.PRIMARY);
				control.probeNow(LocationRole.PRIMARY);

				assertThat(control.status().primary().status()).isEqualTo(LocationStatus.UP);
				assertThat(output.getOut().split("The primary location denies the probe", -1)).hasSize(2);
			});
		}
	}

	@Test
	void costsAFewCallsWhenItsCredentialsAreBad(CapturedOutput output) {
		try (FaultyEndpoint refusing = FaultyEndpoint.answering(403, "InvalidAccessKeyId")) {
			pair(refusing.uri()).run((context) -> {
				FailoverControl control = context.getBean(FailoverControl.class);

				takeOut(control, context.getBean(FailoverS3Template.class));

				assertThat(control.status().primary().status()).isEqualTo(LocationStatus.OUT);
				assertThat(output).contains("The primary location is out (consecutive-failures: credentials)");
				assertThat(context.getBean(Listener.class).events).filteredOn(LocationStatusChanged.class::isInstance)
					.extracting((event) -> ((LocationStatusChanged) event).getCause())
					.containsExactly("credentials");
			});
		}
	}

	@Test
	void isNotToBlameForTheCredentialsOfACaller() {
		AwsCredentialsProvider own = StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "own"));
		try (FaultyEndpoint refusing = FaultyEndpoint.answering(403, "InvalidAccessKeyId")) {
			pair(refusing.uri()).run((context) -> {
				FailoverControl control = context.getBean(FailoverControl.class);
				for (int i = 0; i < 5; i++) {
					assertThatExceptionOfType(S3Exception.class)
						.isThrownBy(() -> context.getBean(FailoverS3Template.class)
							.headObject((request) -> request.key("key")
								.overrideConfiguration((configuration) -> configuration.credentialsProvider(own))));
				}

				assertThat(control.status().primary().status()).isEqualTo(LocationStatus.UP);
			});
		}
	}

	@Test
	void saysWhyAProbeFailed() {
		try (FaultyEndpoint empty = FaultyEndpoint.answering(404, "NoSuchBucket")) {
			pair(empty.uri()).run((context) -> {
				FailoverControl control = context.getBean(FailoverControl.class);

				assertThat(control.probeNow(LocationRole.PRIMARY).cause()).isEqualTo("NoSuchBucket");
				this.secondary.mode(Mode.REFUSE);
				assertThat(control.probeNow(LocationRole.SECONDARY).cause()).endsWith("ConnectException");
				this.secondary.mode(Mode.FORWARD);
				assertThat(control.probeNow(LocationRole.SECONDARY).cause()).isNull();
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "type=head-bucket", "type=head-object,key=key", "type=head-object,key=missing",
			"type=put-object,key=probe" })
	void probesAsConfigured(String probe) {
		String[] properties = ("s3s3.probe." + probe.replace(",", ",s3s3.probe.")).split(",", -1);
		pair().withPropertyValues(properties).run((context) -> {
			FailoverControl control = context.getBean(FailoverControl.class);
			assertThat(control.probeNow(LocationRole.PRIMARY).result()).isEqualTo(ProbeResult.SUCCESS);
			assertThat(context.getBean(FailoverS3Template.class).exists("probe"))
				.isEqualTo(probe.startsWith("type=put-object"));
			for (Mode fault : List.of(Mode.UNAVAILABLE, Mode.SILENT, Mode.REFUSE)) {
				this.primary.mode(fault);
				assertThat(control.probeNow(LocationRole.PRIMARY).result()).as(fault.name())
					.isEqualTo(ProbeResult.FAILURE);
			}
			assertThat(control.status().primary().status()).isEqualTo(LocationStatus.OUT);
		});
	}

	@Test
	void stopsProbingWithTheContext() {
		this.primary.mode(Mode.SILENT);
		ProbeScheduler[] scheduler = new ProbeScheduler[1];
		probedPair().run((context) -> {
			scheduler[0] = context.getBean(ProbeScheduler.class);
			assertThat(scheduler[0].isRunning()).isTrue();
			Awaitility.await().until(() -> this.primary.connections() > 0);
		});

		assertThat(scheduler[0].isRunning()).isFalse();
		assertThat(Thread.getAllStackTraces().keySet())
			.noneMatch((thread) -> thread.getName().startsWith("s3s3-probe-"));
	}

	private ApplicationContextRunner pair() {
		return pair(this.primary.uri());
	}

	private ApplicationContextRunner pair(java.net.URI primary) {
		return Contexts.impatientPair(primary, "east", this.secondary.uri(), "west")
			.withPropertyValues(FAST)
			.withUserConfiguration(Listener.class);
	}

	private ApplicationContextRunner probedPair() {
		return pair().withPropertyValues("s3s3.probe.enabled=true");
	}

	private static void takeOut(FailoverControl control, FailoverS3Template template) {
		template.delete("another");
		for (int i = 0; i < 2; i++) {
			assertThat(read(template)).isEqualTo("west");
		}
		assertThat(control.status().recentSwitches()).hasSize(1);
	}

	private static LocationRole role(String name) {
		return name.equals("primary") ? LocationRole.PRIMARY : LocationRole.SECONDARY;
	}

	private static String read(FailoverS3Template template) {
		return new String(template.downloadAsBytes("key"), java.nio.charset.StandardCharsets.UTF_8);
	}

	/**
	 * Listens as an application does.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Listener {

		private final List<LocationEvent> events = new CopyOnWriteArrayList<>();

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
