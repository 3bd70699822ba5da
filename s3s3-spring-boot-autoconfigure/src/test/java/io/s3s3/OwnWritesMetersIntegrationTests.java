package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.LocationRole;
import io.s3s3.metrics.FailoverMetrics;
import io.s3s3.metrics.LocationMetrics;
import io.s3s3.testkit.FaultProxy.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the meters show of own writes while the locations differ, and what an operator can
 * do about it.
 */
class OwnWritesMetersIntegrationTests extends AbstractOwnWritesTests {

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final TrafficDirector measuredDirector = new TrafficDirector(HealthSettings.DEFAULTS,
			List.of(new LocationMetrics(this.meters)));

	private final FailoverS3Client measured = FailoverS3Client.builder()
		.primary(this.eastClient, "east")
		.secondary(this.westClient, "west")
		.director(this.measuredDirector)
		.listener(new FailoverMetrics(this.meters))
		.build();

	private final FailoverControl steering = FailoverControl.of(this.measuredDirector, this.measured.locations(),
			HealthProbe.headBucket(Duration.ofSeconds(2)));

	@BeforeEach
	void bind() {
		LocationMetrics.ofStatus(this.steering).bindTo(this.meters);
	}

	@AfterEach
	void closeMeasured() {
		this.measured.close();
	}

	@Test
	void countsWhatTheWriterServesInPlaceOfAStaleAnswer() {
		writeAway();
		this.steering.force(LocationRole.PRIMARY);

		assertThat(read()).isEqualTo("away");

		assertThat(stale("served-by-writer")).isEqualTo(1);
		assertThat(this.meters.find("s3s3.reads.stale").counters()).hasSize(1);
	}

	@Test
	void countsWhatIsRefused() {
		write("first");
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::read);

		assertThat(stale("refused")).isEqualTo(1);
		assertThat(this.meters.find("s3s3.reads.stale").counters()).hasSize(1);
	}

	@Test
	void countsWhatNothingProves() {
		write("first");
		this.west.put(this.key, bytes("somebody else's"));
		this.toEast.mode(Mode.REFUSE);

		assertThat(read()).isEqualTo("somebody else's");

		assertThat(stale("uncertain")).isEqualTo(1);
		assertThat(this.meters.find("s3s3.reads.stale").counters()).hasSize(1);
	}

	@Test
	void showsWhatIsNotConfirmedUntilItIs() {
		assertThat(gauge("s3s3.failback.held")).isZero();
		writeAway();
		assertThat(gauge("s3s3.writes.unconfirmed", "location", "secondary")).isEqualTo(1);
		assertThat(gauge("s3s3.writes.unconfirmed", "location", "primary")).isZero();
		assertThat(gauge("s3s3.failback.held")).isEqualTo(1);
		assertThat(this.meters.find("s3s3.replication.lag").timers()).isEmpty();

		this.east.put(this.key, bytes("away"));

		Awaitility.await().untilAsserted(() -> assertThat(gauge("s3s3.failback.held")).isZero());
		assertThat(gauge("s3s3.writes.unconfirmed", "location", "secondary")).isZero();
		assertThat(this.meters.get("s3s3.replication.lag")
			.tags("location", "primary")
			.timer()
			.totalTime(TimeUnit.NANOSECONDS)).isPositive();
	}

	@Test
	void bringsCallsHomeThoughTheWriteIsNotThereWhenAnOperatorSaysSo() {
		writeAway();

		this.steering.failBack();
		write("home");

		assertThat(this.eastClient.listObjectsV2((request) -> request.bucket("east")).contents()).hasSize(1);
		assertThat(gauge("s3s3.failback.held")).isZero();
		assertThat(read()).isEqualTo("home");
	}

	@Test
	void bringsCallsHomeThoughTheWriteIsNotThereWhenAllIsReset() {
		writeAway();

		this.steering.reset();
		write("home");

		assertThat(this.eastClient.listObjectsV2((request) -> request.bucket("east")).contents()).hasSize(1);
	}

	@Test
	void readsWhatItWroteAwayAlsoAfterAnOperatorBroughtCallsHome() {
		writeAway();

		this.steering.failBack();

		assertThat(read()).isEqualTo("away");
	}

	@Test
	void tellsHowMuchWasUnconfirmedWhenTrafficMoved() {
		write("first");

		this.steering.force(LocationRole.SECONDARY);

		assertThat(this.steering.status().recentSwitches()).singleElement()
			.satisfies((past) -> assertThat(past.move().getUnconfirmedWrites()).isEqualTo(1))
			.satisfies((past) -> assertThat(past.confirmed()).isNull());
		assertThat(this.steering.status().primary().unconfirmedWrites()).isEqualTo(1);
	}

	@Test
	void findsOutWhenWhatWasWrittenAtHomeHasArrivedWhereCallsWentSince() {
		write("first");
		this.toEast.mode(Mode.REFUSE);
		this.steering.force(LocationRole.SECONDARY);
		assertThat(this.steering.status().recentSwitches()).singleElement()
			.satisfies((past) -> assertThat(past.confirmed()).isNull());

		this.west.put(this.key, bytes("first"));

		Awaitility.await()
			.untilAsserted(() -> assertThat(this.steering.status().recentSwitches()).singleElement()
				.satisfies((past) -> assertThat(past.confirmed()).isNotNull()));
		assertThat(gauge("s3s3.writes.unconfirmed", "location", "primary")).isZero();
		assertThat(gauge("s3s3.failback.held")).isZero();
		assertThat(this.meters.find("s3s3.replication.lag").timers()).isEmpty();
	}

	@Test
	void findsOutTooWhereAReadHasShownThatItHasArrived() {
		write("first");
		this.west.put(this.key, bytes("first"));
		this.toEast.mode(Mode.REFUSE);
		this.steering.force(LocationRole.SECONDARY);

		assertThat(read()).isEqualTo("first");

		Awaitility.await()
			.untilAsserted(() -> assertThat(this.steering.status().recentSwitches()).singleElement()
				.satisfies((past) -> assertThat(past.confirmed()).isNotNull()));
	}

	private void writeAway() {
		this.toEast.mode(Mode.REFUSE);
		write("away");
		this.toEast.mode(Mode.FORWARD);
	}

	private void write(String text) {
		this.measured.putObject((request) -> request.key(this.key), RequestBody.fromString(text));
	}

	private String read() {
		return this.measured.getObjectAsBytes((request) -> request.key(this.key)).asUtf8String();
	}

	private double stale(String verdict) {
		return this.meters.get("s3s3.reads.stale").tags("verdict", verdict).counter().count();
	}

	private double gauge(String name, String... tags) {
		return this.meters.get(name).tags(tags).gauge().value();
	}

}
