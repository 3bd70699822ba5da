package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.LocationListener;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Canary}, turn by turn, between two servers of which nothing replicates
 * but what a test copies itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class CanaryTests {

	private static final String KEY = "monitoring/canary";

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final EmbeddedS3 east = EmbeddedS3.start("east");

	private final EmbeddedS3 west = EmbeddedS3.start("west");

	private final S3Client eastClient = this.east.client();

	private final S3Client westClient = this.west.client();

	private final List<String> measured = new ArrayList<>();

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS,
			List.of(new LocationListener() {

				@Override
				public void onReplicated(LocationRole to, Duration lag) {
					CanaryTests.this.measured.add("at " + to + (lag.isNegative() ? " before" : ""));
				}

			}));

	private final LocationPair pair = pair("east");

	private final FailoverControl control = FailoverControl.of(this.director, this.pair,
			HealthProbe.headBucket(Duration.ofSeconds(2)));

	private final Canary canary = new Canary(this.pair, this.director, KEY, INTERVAL);

	@AfterEach
	void stop() {
		this.eastClient.close();
		this.westClient.close();
		this.east.close();
		this.west.close();
	}

	@Test
	void measuresReplicationInBothDirectionsByTurns() {
		this.canary.turn();
		assertThat(this.canary.turn()).isLessThan(Duration.ofSeconds(1));
		assertThat(this.measured).isEmpty();
		put(this.westClient, "west", written(this.eastClient, "east"));

		assertThat(this.canary.turn()).isBetween(Duration.ofSeconds(30), INTERVAL);
		assertThat(this.measured).containsExactly("at secondary");

		this.canary.turn();
		put(this.eastClient, "east", written(this.westClient, "west"));
		this.canary.turn();
		assertThat(this.measured).containsExactly("at secondary", "at primary");
	}

	@Test
	void looksLessOftenTheLongerNothingArrives() {
		this.canary.turn();

		assertThat(List.of(this.canary.turn(), this.canary.turn(), this.canary.turn()))
			.containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
		for (int i = 0; i < 80; i++) {
			this.canary.turn();
		}
		assertThat(this.canary.turn()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void takesWhatAnotherProcessWroteLaterForItsOwn() {
		this.canary.turn();
		put(this.westClient, "west", written(this.eastClient, "east"));
		put(this.westClient, "west", System.currentTimeMillis());

		this.canary.turn();

		assertThat(this.measured).containsExactly("at secondary");
	}

	@Test
	void isDeceivedNeitherByAnOlderOneNorByAClockThatIsAhead() {
		this.canary.turn();
		for (String time : List.of("0", "no number", String.valueOf(System.currentTimeMillis() + 3_600_000))) {
			put(this.westClient, "west", time);

			this.canary.turn();

			assertThat(this.measured).as(time).isEmpty();
		}
	}

	@Test
	void isFoundThoughTheClockWasSetBackMeanwhile() {
		long beforeThat = System.currentTimeMillis() + 3_600_000;
		Canary.Flight flight = new Canary.Flight(LocationRole.PRIMARY, beforeThat);

		assertThat(flight.isFoundBy(beforeThat)).isTrue();
		assertThat(flight.isFoundBy(beforeThat + 1)).isFalse();
	}

	@Test
	void isNotWrittenWhileALocationIsOut() {
		this.control.drain(LocationRole.SECONDARY);

		assertThat(this.canary.turn()).isEqualTo(INTERVAL);

		assertThat(this.eastClient.listObjectsV2((list) -> list.bucket("east")).contents()).isEmpty();
	}

	@Test
	void doesNotTakeAnOutageForLag() {
		this.canary.turn();
		this.control.drain(LocationRole.SECONDARY);
		assertThat(this.canary.turn()).isEqualTo(INTERVAL);
		this.control.undrain(LocationRole.SECONDARY);
		put(this.westClient, "west", written(this.eastClient, "east"));

		assertThat(this.canary.turn()).isGreaterThan(Duration.ofSeconds(30));

		assertThat(this.measured).isEmpty();
	}

	@Test
	void saysOnceWhatKeepsItFromMeasuring(CapturedOutput output) {
		Canary lost = new Canary(pair("other"), this.director, KEY, INTERVAL);

		assertThat(lost.turn()).isEqualTo(INTERVAL);
		this.canary.turn();
		lost.turn();

		assertThat(output.getOut().split("Replication can't be measured for now", -1)).hasSize(2);
		assertThat(output).contains("s3s3.consistency.canary.key: NoSuchBucket");
	}

	@Test
	void saysOnceThatNothingArrives(CapturedOutput output) {
		Canary impatient = new Canary(this.pair, this.director, KEY, INTERVAL, Duration.ZERO);
		impatient.turn();
		impatient.turn();
		impatient.turn();
		assertThat(output.getOut().split("has not arrived at the secondary one", -1)).hasSize(2);

		put(this.westClient, "west", written(this.eastClient, "east"));
		impatient.turn();

		assertThat(this.measured).containsExactly("at secondary");
	}

	@Test
	void fliesInAnApplicationThatSetsItsKey() {
		Contexts.pair(this.east.endpoint(), "east", this.west.endpoint(), "west")
			.withPropertyValues("s3s3.consistency.canary.key=" + KEY, "s3s3.consistency.canary.interval=1s")
			.run((context) -> {
				Awaitility.await()
					.until(() -> this.eastClient.listObjectsV2((list) -> list.bucket("east")).hasContents());
				put(this.westClient, "west", written(this.eastClient, "east"));

				Awaitility.await()
					.untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
						.find("s3s3.replication.lag")
						.tag("location", "secondary")
						.timer()).isNotNull());
			});
	}

	@Test
	void isNotThereByDefault() {
		Contexts.pair(this.east.endpoint(), "east", this.west.endpoint(), "west")
			.run((context) -> assertThat(context).doesNotHaveBean(Canary.class));
	}

	@ParameterizedTest
	@CsvSource({ "key=, key", "interval=999ms, interval", "interval=366d, interval" })
	void namesTheSettingThatCannotBe(String property, String name) {
		Contexts.pair(this.east.endpoint(), "east", this.west.endpoint(), "west")
			.withPropertyValues("s3s3.consistency.canary.key=" + KEY, "s3s3.consistency.canary." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("s3s3.consistency.canary." + name)));
	}

	private LocationPair pair(String bucket) {
		return new LocationPair(Location.of(LocationRole.PRIMARY, this.eastClient, bucket),
				Location.of(LocationRole.SECONDARY, this.westClient, "west"));
	}

	private static String written(S3Client client, String bucket) {
		return Objects
			.requireNonNull(client.headObject((head) -> head.bucket(bucket).key(KEY)).metadata().get("s3s3-written"));
	}

	private static void put(S3Client client, String bucket, Object written) {
		client.putObject((put) -> put.bucket(bucket).key(KEY).metadata(Map.of("s3s3-written", String.valueOf(written))),
				RequestBody.empty());
	}

}
