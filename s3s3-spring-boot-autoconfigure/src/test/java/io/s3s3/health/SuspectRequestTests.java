package io.s3s3.health;

import java.time.Duration;
import java.util.stream.IntStream;

import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health speaks of locations: what one request can be to blame for never takes a location
 * out, however often it happens.
 */
class SuspectRequestTests {

	private static final LocationRole PRIMARY = LocationRole.PRIMARY;

	private static final LocationRole SECONDARY = LocationRole.SECONDARY;

	private DirectedTraffic traffic = new DirectedTraffic();

	@ParameterizedTest
	@EnumSource(names = { "UP", "RECOVERED", "RAMPING" })
	void oneBadObjectTakesNoLocationOut(LocationStatus status) {
		this.traffic.bringTo(PRIMARY, status);

		failEachSecond("bad", 300);

		assertThat(this.traffic.reason(PRIMARY)).isNotIn(StatusReason.CONSECUTIVE_FAILURES, StatusReason.FAILURE_RATE,
				StatusReason.TRIAL_FAILED);
		assertThat(this.traffic.director.isWell(PRIMARY)).isTrue();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "another")
	void aFailureOfAnythingElseTakesItOut(@Nullable String subject) {
		failEachSecond("bad", 2);
		failEachSecond(subject, 1);

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.CONSECUTIVE_FAILURES);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "another")
	void aFailureOfAnythingElseBeforeTakesItOut(@Nullable String subject) {
		failEachSecond(subject, 1);
		failEachSecond("bad", 2);

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.CONSECUTIVE_FAILURES);
	}

	@Test
	void failuresOfTheLocationNeedNoSecondObject() {
		failEachSecond(null, 3);

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.CONSECUTIVE_FAILURES);
	}

	@Test
	void aSuccessClearsTheSuspects() {
		failEachSecond("another", 2);
		this.traffic.succeed(PRIMARY);
		failEachSecond("bad", 5);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);
	}

	@Test
	void oneBadObjectAmongGoodOnesIsNoFailureRate() {
		IntStream.range(0, 500).forEach((i) -> callTwice("bad"));
		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);

		for (int i = 0; i < HealthSettings.DEFAULTS.circuit().rates().windowSize() && isUp(); i++) {
			callTwice((i % 2 == 0) ? "another" : "bad");
		}

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.FAILURE_RATE);
	}

	@Test
	void oneBadObjectAndAFailureNowAndThenAreNoFailureRate() {
		for (int i = 0; i < 500; i++) {
			callTwice("bad");
			callTwice("bad");
			if (i % 10 == 0) {
				this.traffic.fail(PRIMARY, null);
			}
		}

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);
	}

	@Test
	void oneBusyObjectDoesNotHideAFailureRate() {
		for (int i = 0; i < 30 && isUp(); i++) {
			this.traffic.succeed(PRIMARY);
			this.traffic.fail(PRIMARY, "busy");
			this.traffic.fail(PRIMARY, "busy");
			this.traffic.fail(PRIMARY, "key-" + i);
		}

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.FAILURE_RATE);
	}

	@Test
	void oneHugeObjectDoesNotMakeALocationSlow() {
		Duration slow = Duration.ofSeconds(2);
		this.traffic = new DirectedTraffic(
				DirectedTraffic.settings().withoutSuccess(Duration.ZERO).slowCalls(slow, 80).build());
		this.traffic.passSeconds(10);
		IntStream.range(0, 200).forEach((i) -> this.traffic.succeed(PRIMARY, slow.plusMillis(1), "huge"));
		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);

		IntStream.range(0, 80).forEach((i) -> this.traffic.succeed(PRIMARY, slow.plusMillis(1), "object-" + i));

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.SLOW_CALLS);
	}

	@ParameterizedTest
	@EnumSource(names = { "RECOVERED", "RAMPING" })
	void theTrialFailsWithTheSecondObject(LocationStatus status) {
		this.traffic.bringTo(PRIMARY, status);
		this.traffic.fail(PRIMARY, "bad");
		this.traffic.fail(PRIMARY, "bad");
		assertThat(this.traffic.status(PRIMARY)).isEqualTo(status);

		this.traffic.fail(PRIMARY, "another");

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.TRIAL_FAILED);
	}

	@ParameterizedTest
	@EnumSource(names = { "RECOVERED", "RAMPING" })
	void theTrialFailsAtOnceWhereOnlyTheLocationIsToBlame(LocationStatus status) {
		this.traffic.bringTo(PRIMARY, status);

		this.traffic.fail(PRIMARY, null);

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.TRIAL_FAILED);
	}

	@ParameterizedTest
	@CsvSource({ "bad, bad, UP", "bad, another, OUT", ", , OUT" })
	void oneBadObjectDoesNotKeepALocationOut(@Nullable String first, @Nullable String second, LocationStatus status) {
		this.traffic.takeOut(SECONDARY);
		this.traffic.takeOut(PRIMARY);
		this.traffic.passSeconds(1);

		this.traffic.succeed(PRIMARY);
		this.traffic.passSeconds(1);
		this.traffic.fail(PRIMARY, first);
		this.traffic.fail(PRIMARY, second);
		this.traffic.succeed(PRIMARY);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(status);
	}

	@Test
	void aProbeTellsWhetherItIsTheLocation() {
		this.traffic.recover(PRIMARY);
		assertThat(this.traffic.director.needsProbe(PRIMARY)).isFalse();
		failEachSecond("bad", 3);
		assertThat(this.traffic.director.needsProbe(PRIMARY)).isTrue();

		this.traffic.probe(PRIMARY, ProbeResult.FAILURE);
		this.traffic.probe(PRIMARY, ProbeResult.FAILURE);

		assertThat(this.traffic.reason(PRIMARY)).isEqualTo(StatusReason.PROBES_FAILED);
	}

	@Test
	void noProbeIsNeededWhereCallsSucceed() {
		this.traffic.recover(PRIMARY);
		failEachSecond("bad", 3);
		this.traffic.succeed(PRIMARY);

		assertThat(this.traffic.director.needsProbe(PRIMARY)).isFalse();
	}

	@Test
	void nothingOfTheRequestIsShown() {
		failEachSecond("secret-a", 2);
		failEachSecond("secret-b", 1);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.OUT);
		assertThat(this.traffic.director.status().toString()).doesNotContain("secret");
		assertThat(this.traffic.listener.take().toString()).doesNotContain("secret");
		assertThat(new Attempt(PRIMARY, 0, Duration.ZERO, "secret")).asString().doesNotContain("secret");
	}

	private boolean isUp() {
		return this.traffic.status(PRIMARY) == LocationStatus.UP;
	}

	private void failEachSecond(@Nullable String subject, int times) {
		for (int i = 0; i < times; i++) {
			this.traffic.passSeconds(1);
			this.traffic.fail(PRIMARY, subject);
		}
	}

	// A good call and a bad one.
	private void callTwice(String bad) {
		this.traffic.passSeconds(1);
		this.traffic.succeed(PRIMARY);
		this.traffic.fail(PRIMARY, bad);
	}

}
