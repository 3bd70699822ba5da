package io.s3s3;

import java.util.List;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.ProbeScheduler;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.FaultProxy.Mode;
import io.s3s3.testkit.FaultyEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Probes over real sockets, through an application context.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProbeIntegrationTests extends AbstractLocationHealthTests {

	@Test
	void reportsAProbeThatIsDeniedAsSuch(CapturedOutput output) {
		try (FaultyEndpoint forbidding = AnsweringEndpoint.answering(403, "AccessDenied")) {
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
	void saysWhyAProbeFailed() {
		try (FaultyEndpoint empty = AnsweringEndpoint.answering(404, "NoSuchBucket")) {
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
		pair().withPropertyValues(properties).withPropertyValues("s3s3.failback.hold-down=1m").run((context) -> {
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

}
