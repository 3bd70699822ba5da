package io.s3s3.health;

import java.time.Duration;
import java.util.stream.IntStream;

import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is reported late counts by the time when it began, be it a call or a probe.
 */
class LateReportTests {

	private static final LocationRole PRIMARY = LocationRole.PRIMARY;

	private final DirectedTraffic traffic = new DirectedTraffic();

	@Test
	void aBurstOfFailuresIsNoOutageThoughItIsReportedLater() {
		long started = this.traffic.now();
		this.traffic.succeed(PRIMARY);
		this.traffic.pass(Duration.ofSeconds(2));

		IntStream.range(0, 15)
			.forEach((i) -> this.traffic.report(new Attempt(PRIMARY, started, Duration.ofMillis(5), null)));

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);
	}

	@Test
	void aFailureIsNotSlowBecauseItIsReportedLater() {
		DirectedTraffic slow = new DirectedTraffic(DirectedTraffic.settings()
			.consecutiveFailures(30)
			.withoutSuccess(Duration.ZERO)
			.failureRate(100)
			.slowCalls(Duration.ofSeconds(1), 80)
			.build());
		long started = slow.now();
		slow.succeed(PRIMARY);
		slow.passSeconds(5);

		IntStream.range(0, 25).forEach((i) -> slow.report(new Attempt(PRIMARY, started, Duration.ofMillis(5), null)));

		assertThat(slow.status(PRIMARY)).isEqualTo(LocationStatus.UP);
	}

	@Test
	void throttlesThatBeganBeforeASuccessAreOldNews() {
		Attempt throttled = new Attempt(PRIMARY, this.traffic.now(), Duration.ofMillis(5), null);
		this.traffic.passSeconds(1);
		this.traffic.succeed(PRIMARY);

		IntStream.range(0, 30).forEach((i) -> this.traffic.director.throttled(throttled, "throttled"));

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.UP);
	}

	@ParameterizedTest
	@EnumSource(names = { "UP", "RECOVERED", "RAMPING" })
	void probesThatHungWhileCallsSucceededAreOldNews(LocationStatus status) {
		this.traffic.bringTo(PRIMARY, status);
		long started = this.traffic.now();
		this.traffic.passSeconds(2);
		this.traffic.succeed(PRIMARY);

		this.traffic.probeSince(started, PRIMARY, ProbeResult.FAILURE);
		this.traffic.probeSince(started, PRIMARY, ProbeResult.FAILURE);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(status);
	}

	@ParameterizedTest
	@EnumSource(names = { "RECOVERED", "RAMPING" })
	void probesFromBeforeARecoveryAreOldNews(LocationStatus status) {
		long started = this.traffic.now();
		this.traffic.bringTo(PRIMARY, status);

		this.traffic.probeSince(started, PRIMARY, ProbeResult.FAILURE);
		this.traffic.probeSince(started, PRIMARY, ProbeResult.FAILURE);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(status);
	}

	@ParameterizedTest
	@EnumSource(names = { "SUCCESS", "DENIED" })
	void probesFromBeforeAnOutageDoNotEndIt(ProbeResult result) {
		long started = this.traffic.now();
		this.traffic.takeOut(PRIMARY);

		this.traffic.probeSince(started, PRIMARY, result);
		this.traffic.probeSince(started, PRIMARY, result);
		this.traffic.passSeconds(3600);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.OUT);
	}

	@Test
	void aProbeThatHungDoesNotSpeakAgainstCallsThatSucceededSince() {
		this.traffic.takeOut(PRIMARY);
		long started = this.traffic.now();
		this.traffic.passSeconds(1);
		this.traffic.succeed(PRIMARY);

		this.traffic.probeSince(started, PRIMARY, ProbeResult.FAILURE);
		this.traffic.probeSince(started, PRIMARY, ProbeResult.FAILURE);
		this.traffic.succeed(PRIMARY);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.RECOVERED);
	}

	@Test
	void aProbeThatSucceededLateDoesNotOutdateTheFailuresOfCallsThatBeganAfterIt() {
		this.traffic.takeOut(PRIMARY);
		long probeStarted = this.traffic.now();
		this.traffic.passSeconds(1);
		long callStarted = this.traffic.now();
		this.traffic.passSeconds(1);

		this.traffic.probeSince(probeStarted, PRIMARY, ProbeResult.SUCCESS);
		this.traffic.failSince(callStarted, PRIMARY, null);
		this.traffic.failSince(callStarted, PRIMARY, null);
		this.traffic.probeSince(probeStarted, PRIMARY, ProbeResult.SUCCESS);

		assertThat(this.traffic.status(PRIMARY)).isEqualTo(LocationStatus.OUT);
	}

}
