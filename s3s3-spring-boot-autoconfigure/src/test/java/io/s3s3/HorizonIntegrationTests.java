package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ConsistencySettings.Confirmation;
import io.s3s3.consistency.ReadConsistency;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.WriteNotReplicated;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.LocationRole;
import io.s3s3.metrics.LocationMetrics;
import io.s3s3.testkit.FaultProxy.Mode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was written at home is asked for at the other location after a while, so that it
 * is known there before calls have to go there.
 */
@ExtendWith(OutputCaptureExtension.class)
class HorizonIntegrationTests extends AbstractOwnWritesTests {

	private static final Duration SOON = Duration.ofMillis(150);

	private final MeterRegistry meters = new SimpleMeterRegistry();

	/** Meters hold it weakly. */
	private @Nullable FailoverControl status;

	@Test
	void findsWhatHasArrivedWhileAllIsWell() {
		try (FailoverS3Client asking = asking(new Confirmation(SOON, Duration.ofMinutes(1)))) {
			this.west.put(this.key, bytes("home"));
			asking.putObject((put) -> put.key(this.key), RequestBody.fromString("home"));
			Awaitility.await().untilAsserted(() -> assertThat(unconfirmed()).isZero());
			this.toEast.mode(Mode.REFUSE);

			assertThat(asking.getObjectAsBytes((get) -> get.key(this.key)).asUtf8String()).isEqualTo("home");
			assertThat(this.events).noneMatch(ReadUnproven.class::isInstance);
		}
	}

	@Test
	void asksForAWriteAfterAllOthersHaveArrived() {
		try (FailoverS3Client asking = asking(new Confirmation(SOON, Duration.ofMinutes(1)))) {
			for (String text : List.of("first", "second")) {
				this.west.put(this.key, bytes(text));
				asking.putObject((put) -> put.key(this.key), RequestBody.fromString(text));

				Awaitility.await().untilAsserted(() -> assertThat(unconfirmed()).isZero());
			}
		}
	}

	@Test
	void saysOnceWhatDoesNotArrive(CapturedOutput output) {
		try (FailoverS3Client asking = asking(new Confirmation(SOON, Duration.ofMinutes(1)))) {
			asking.putObject((put) -> put.key(this.key), RequestBody.fromString("home"));

			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce(
						"Replication to the secondary location is slow, does not work, or leaves something out: 1 of 1 keys"));
			assertThat(unconfirmed()).isEqualTo(1);
			assertThat(this.events).filteredOn(WriteNotReplicated.class::isInstance)
				.singleElement()
				.isInstanceOfSatisfying(WriteNotReplicated.class,
						(missing) -> assertThat(missing.getLocation()).isEqualTo(LocationRole.SECONDARY))
				.satisfies((missing) -> assertThat(missing.getRequest())
					.isEqualTo(HeadObjectRequest.builder().bucket("east").key(this.key).build()));
		}
	}

	@Test
	void asksAfterASwitchForWhatWasWrittenLongBefore() {
		Duration hold = Duration.ofMillis(20);
		try (FailoverS3Client asking = asking(new Confirmation(Duration.ZERO, hold))) {
			this.west.put(this.key, bytes("home"));
			asking.putObject((put) -> put.key(this.key), RequestBody.fromString("home"));
			long written = System.nanoTime();
			Awaitility.await().until(() -> System.nanoTime() - written > hold.toNanos());
			assertThat(unconfirmed()).isEqualTo(1);

			Objects.requireNonNull(this.status).force(LocationRole.SECONDARY);

			Awaitility.await().untilAsserted(() -> assertThat(unconfirmed()).isZero());
		}
	}

	private double unconfirmed() {
		return this.meters.get("s3s3.writes.unconfirmed").tags("location", "primary").gauge().value();
	}

	private FailoverS3Client asking(Confirmation confirmation) {
		TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());
		FailoverS3Client client = FailoverS3Client.builder()
			.primary(this.eastClient, "east")
			.secondary(this.westClient, "west")
			.consistency(new ConsistencySettings(ReadConsistency.OWN_WRITES, DataSize.ofMegabytes(1), confirmation,
					false, false))
			.director(director)
			.listener(this.events::add)
			.build();
		this.status = FailoverControl.of(director, client.locations(), HealthProbe.headBucket(Duration.ofSeconds(2)));
		LocationMetrics.ofStatus(this.status).bindTo(this.meters);
		return client;
	}

}
