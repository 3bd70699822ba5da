package io.s3s3;

import java.time.Duration;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.LocationStatusChanged;
import io.s3s3.health.SwitchReason;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.FaultProxy.Mode;
import io.s3s3.testkit.FaultyEndpoint;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The health of locations over real sockets, through an application context: what a dead
 * primary costs, how calls return, and what an operator can do.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocationHealthIntegrationTests extends AbstractLocationHealthTests {

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
	void costsAFewCallsWhenItsCredentialsAreBad(CapturedOutput output) {
		try (FaultyEndpoint refusing = AnsweringEndpoint.answering(403, "InvalidAccessKeyId")) {
			pair(refusing.uri()).withPropertyValues("s3s3.failback.hold-down=1m").run((context) -> {
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
		try (FaultyEndpoint refusing = AnsweringEndpoint.answering(403, "InvalidAccessKeyId")) {
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

}
