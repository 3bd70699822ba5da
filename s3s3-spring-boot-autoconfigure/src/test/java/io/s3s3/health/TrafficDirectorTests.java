package io.s3s3.health;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link TrafficDirector}.
 */
class TrafficDirectorTests {

	private static final LocationRole PRIMARY = LocationRole.PRIMARY;

	private static final LocationRole SECONDARY = LocationRole.SECONDARY;

	private final ManualTime time = new ManualTime();

	private final RecordingListener listener = new RecordingListener();

	private TrafficDirector director = director(DirectedTraffic.settings());

	@Test
	void sendsCallsToThePrimaryFirst() {
		assertThat(this.director.order("key")).containsExactly(PRIMARY, SECONDARY);
		assertThat(this.director.home()).isEqualTo(PRIMARY);
		assertThat(this.director.isWell(PRIMARY)).isTrue();
		assertThat(this.director.isWell(SECONDARY)).isTrue();
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void sendsCallsToTheSecondaryAfterThreeFailuresAtOneCallAMinute() {
		for (int i = 0; i < 3; i++) {
			assertThat(first()).isEqualTo(PRIMARY);
			pass(60);
			fail(PRIMARY);
		}

		assertThat(first()).isEqualTo(SECONDARY);
		assertThat(this.director.home()).isEqualTo(PRIMARY);
		assertThat(this.listener.take()).containsExactly("primary up -> out (consecutive-failures)",
				"traffic primary -> secondary (circuit-open)");
		assertThat(this.listener.cause).isEqualTo("timeout");
	}

	@Test
	void keepsBothLocationsInTheOrderThoughOneIsOut() {
		takeOut(PRIMARY);

		assertThat(this.director.order(null)).containsExactly(SECONDARY, PRIMARY);
	}

	@Test
	void doesNotSwitchForAHandfulOfConnectionsThatBreakAtOnce() {
		succeed(PRIMARY);
		IntStream.range(0, 15).forEach((i) -> fail(PRIMARY));

		assertThat(first()).isEqualTo(PRIMARY);
	}

	@Test
	void switchesWithinAFractionOfASecondAtAThousandCallsASecond() {
		IntStream.range(0, 1000).forEach((i) -> {
			this.time.pass(Duration.ofMillis(1));
			succeed(PRIMARY);
		});
		int failures = 0;
		while (first() == PRIMARY) {
			this.time.pass(Duration.ofMillis(1));
			fail(PRIMARY);
			failures++;
		}

		assertThat(failures).isLessThanOrEqualTo(100);
	}

	@Test
	void switchesWhenHalfOfTheCallsFail() {
		for (int i = 0; i < 10; i++) {
			succeed(PRIMARY);
			assertThat(first()).isEqualTo(PRIMARY);
			fail(PRIMARY);
		}

		assertThat(first()).isEqualTo(SECONDARY);
		assertThat(this.listener.take()).contains("primary up -> out (failure-rate)");
	}

	@Test
	void doesNotSwitchBecauseOfASuccess() {
		IntStream.range(0, 12).forEach((i) -> fail(PRIMARY));
		IntStream.range(0, 50).forEach((i) -> succeed(PRIMARY));

		assertThat(first()).isEqualTo(PRIMARY);
	}

	@Test
	void staysWhereLessThanHalfOfTheCallsFail() {
		for (int i = 0; i < 300; i++) {
			this.time.pass(Duration.ofMillis(300));
			succeed(PRIMARY);
			succeed(PRIMARY);
			fail(PRIMARY);
		}

		assertThat(first()).isEqualTo(PRIMARY);
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void countsThrottlesApart() {
		pass(1);
		IntStream.range(0, 19).forEach((i) -> throttle(PRIMARY));
		fail(PRIMARY);
		fail(PRIMARY);

		assertThat(first()).isEqualTo(PRIMARY);

		throttle(PRIMARY);

		assertThat(first()).isEqualTo(SECONDARY);
		assertThat(this.listener.take()).contains("primary up -> out (throttled)");
	}

	@Test
	void forgetsThrottlesWithASuccess() {
		IntStream.range(0, 19).forEach((i) -> throttle(PRIMARY));
		succeed(PRIMARY);
		IntStream.range(0, 19).forEach((i) -> throttle(PRIMARY));

		assertThat(first()).isEqualTo(PRIMARY);
	}

	@Test
	void switchesForSlowCallsOnlyWhenAsked() {
		IntStream.range(0, 30).forEach((i) -> succeedAfter(PRIMARY, 5));

		assertThat(first()).isEqualTo(PRIMARY);

		this.director = director(
				DirectedTraffic.settings().withoutSuccess(Duration.ZERO).slowCalls(Duration.ofSeconds(2), 80));
		fail(PRIMARY);
		IntStream.range(0, 20).forEach((i) -> succeedAfter(PRIMARY, 5));

		assertThat(first()).isEqualTo(SECONDARY);
		assertThat(this.listener.take()).contains("primary up -> out (slow-calls)");
		assertThat(this.listener.cause).as("not the failure before").isNull();
	}

	@Test
	void doesNotHoldALateFailureAgainstALocationThatCameBack() {
		long before = this.time.nanoTime();
		takeOut(PRIMARY);
		comeBack(PRIMARY);
		this.listener.take();
		pass(1);

		IntStream.range(0, 30).forEach((i) -> this.director.failed(attemptSince(PRIMARY, before), "timeout"));

		assertThat(first()).isEqualTo(PRIMARY);
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void doesNotTakeTheLateFailuresOfAHangThatIsOverForAnOutage() {
		long hung = this.time.nanoTime();
		pass(2);
		succeed(PRIMARY);
		pass(1);

		IntStream.range(0, 15).forEach((i) -> this.director.failed(attemptSince(PRIMARY, hung), "timeout"));

		assertThat(first()).isEqualTo(PRIMARY);
	}

	@Test
	void seesThatALocationIsWellThoughOldAttemptsStillFail() {
		takeOut(PRIMARY);
		takeOut(SECONDARY);
		long hung = this.time.nanoTime();
		pass(1);

		succeed(PRIMARY);
		this.director.failed(attemptSince(PRIMARY, hung), "timeout");
		this.director.failed(attemptSince(PRIMARY, hung), "timeout");
		succeed(PRIMARY);

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.UP);
	}

	@Test
	void doesNotTakeALateSuccessForARecovery() {
		long before = this.time.nanoTime();
		takeOut(PRIMARY);

		IntStream.range(0, 30).forEach((i) -> this.director.succeeded(attemptSince(PRIMARY, before)));

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
	}

	@Test
	void letsHomeBackStepByStepAfterTheHoldDown() {
		this.director.update((pair, now) -> pair.probing(true));
		takeOut(PRIMARY);
		this.listener.take();

		probe(PRIMARY, ProbeResult.SUCCESS);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
		probe(PRIMARY, ProbeResult.SUCCESS);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RECOVERED);
		pass(29);
		assertThat(percentAtPrimary()).isZero();
		pass(1);
		assertThat(percentAtPrimary()).isCloseTo(1, within(0.5));
		pass(10);
		assertThat(percentAtPrimary()).isCloseTo(10, within(1.0));
		pass(10);
		assertThat(percentAtPrimary()).isCloseTo(50, within(2.0));
		assertThat(this.director.order(null).get(0)).isEqualTo(SECONDARY);
		pass(9);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
		pass(1);

		assertThat(percentAtPrimary()).isEqualTo(100);
		assertThat(this.director.order(null).get(0)).isEqualTo(PRIMARY);
		assertThat(this.listener.take()).containsExactly("primary out -> recovered (probes-succeeded)",
				"primary recovered -> ramping (hold-down-over)", "primary ramping -> up (ramp-completed)",
				"traffic secondary -> primary (failback)");
	}

	@Test
	void sendsTheSameKeysBackInEachStep() {
		takeOut(PRIMARY);
		pass(40);
		List<String> tenPercent = keysAtPrimary();
		pass(10);

		assertThat(tenPercent).isNotEmpty();
		assertThat(keysAtPrimary()).hasSizeGreaterThan(tenPercent.size()).containsAll(tenPercent);
	}

	@Test
	void backsOutOfTheRampWithTheFirstFailureBeforeASuccess() {
		takeOut(PRIMARY);
		pass(30);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
		this.listener.take();

		fail(PRIMARY);

		assertThat(percentAtPrimary()).isZero();
		assertThat(this.listener.take()).containsExactly("primary ramping -> out (trial-failed)");
	}

	@Test
	void judgesTheRampAsAnyTrafficAfterTheFirstSuccess() {
		takeOut(PRIMARY);
		pass(30);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
		succeed(PRIMARY);
		pass(1);
		fail(PRIMARY);
		fail(PRIMARY);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);

		fail(PRIMARY);

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
	}

	@Test
	void backsOutOfTheRampWhenProbesFail() {
		takeOut(PRIMARY);
		pass(30);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
		this.listener.take();

		probe(PRIMARY, ProbeResult.FAILURE);
		probe(PRIMARY, ProbeResult.FAILURE);

		assertThat(this.listener.take()).containsExactly("primary ramping -> out (probes-failed)");
	}

	@Test
	void doublesTheHoldDownWithEachRelapseUpToItsMaximum() {
		for (int seconds : new int[] { 30, 60, 120, 240, 240 }) {
			takeOut(PRIMARY);
			assertHeldDownFor(seconds);
		}
	}

	@Test
	void halvesTheHoldDownWithEachPeriodOfCalm() {
		for (int seconds : new int[] { 30, 60, 120, 240 }) {
			takeOut(PRIMARY);
			assertHeldDownFor(seconds);
			comeBack(PRIMARY);
		}
		pass(3 * 600);
		takeOut(PRIMARY);

		assertHeldDownFor(60);
	}

	@Test
	void staysAwayLongerByJitter() {
		HealthSettings settings = DirectedTraffic.settings().ramp(List.of(50)).jitter(0.2).build();
		this.director = new TrafficDirector(settings, List.of(this.listener), this.time, () -> 0.5);
		takeOut(PRIMARY);

		assertHeldDownFor(33);
		pass(10);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
		pass(1);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.UP);
	}

	@Test
	void goesOutAgainInTheHoldDownWithoutARelapse() {
		this.director.update((pair, now) -> pair.probing(true));
		takeOut(PRIMARY);
		for (int i = 0; i < 2; i++) {
			probe(PRIMARY, ProbeResult.SUCCESS);
			probe(PRIMARY, ProbeResult.SUCCESS);
			assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RECOVERED);
			assertThat(this.director.status().primary().circuit().calls()).isZero();
			assertThat(this.director.status().primary().holdDownEnd()).isEqualTo(this.time.instant().plusSeconds(30));
			probe(PRIMARY, ProbeResult.DENIED);
			probe(PRIMARY, ProbeResult.FAILURE);
			assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RECOVERED);
			pass(10);
			probe(PRIMARY, ProbeResult.FAILURE);
			assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
			assertThat(this.director.status().primary().relapses()).isZero();
		}
		probe(PRIMARY, ProbeResult.SUCCESS);
		probe(PRIMARY, ProbeResult.SUCCESS);
		fail(PRIMARY);

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
		assertThat(this.director.status().primary().reason()).isEqualTo(StatusReason.TRIAL_FAILED);
		assertThat(this.director.status().primary().relapses()).isZero();
	}

	@Test
	void waitsForProbesWhereThereAreSome() {
		this.director.update((pair, now) -> pair.probing(true));
		takeOut(PRIMARY);
		pass(3600);

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
	}

	@Test
	void leavesTheTrialToCallsWhereTheProbeIsDenied() {
		this.director.update((pair, now) -> pair.probing(true));
		takeOut(PRIMARY);
		probe(PRIMARY, ProbeResult.DENIED);
		pass(29);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
		pass(1);

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
	}

	@Test
	void asksForProbesWhileALocationIsNotUp() {
		probe(PRIMARY, ProbeResult.SUCCESS);
		probe(PRIMARY, ProbeResult.SUCCESS);
		assertThat(this.director.needsProbe(PRIMARY)).isFalse();
		assertThat(this.director.needsProbe(SECONDARY)).isTrue();
		probe(SECONDARY, ProbeResult.DENIED);
		assertThat(this.director.needsProbe(SECONDARY)).isFalse();

		takeOut(PRIMARY);

		assertThat(this.director.needsProbe(PRIMARY)).isTrue();
		assertThat(this.director.needsProbe(SECONDARY)).isFalse();
	}

	@Test
	void findsOutByProbesThatALocationIsDownFromTheStart() {
		probe(PRIMARY, ProbeResult.FAILURE);
		assertThat(this.listener.take()).isEmpty();
		probe(PRIMARY, ProbeResult.FAILURE);

		assertThat(this.listener.take()).containsExactly("primary up -> out (probes-failed)",
				"traffic primary -> secondary (probe-failed)");
	}

	@Test
	void probesTheStandbyOnlyWhenAsked() {
		this.director = director(DirectedTraffic.settings().probeInterval(Duration.ofSeconds(1)).standbyProbed(true));
		for (LocationRole role : LocationRole.values()) {
			probe(role, ProbeResult.SUCCESS);
			probe(role, ProbeResult.SUCCESS);
		}

		assertThat(this.director.needsProbe(PRIMARY)).isFalse();
		assertThat(this.director.needsProbe(SECONDARY)).isTrue();
	}

	@Test
	void bringsTheStandbyBackAtOnce() {
		this.director.update((pair, now) -> pair.probing(true));
		takeOut(SECONDARY);
		this.listener.take();

		probe(SECONDARY, ProbeResult.SUCCESS);
		probe(SECONDARY, ProbeResult.SUCCESS);

		assertThat(this.listener.take()).containsExactly("secondary out -> recovered (probes-succeeded)",
				"secondary recovered -> up (not-home)");
	}

	@Test
	void tellsWhenNoLocationIsWell() {
		takeOut(PRIMARY);
		this.listener.take();

		takeOut(SECONDARY);

		assertThat(this.listener.take()).containsExactly("secondary up -> out (consecutive-failures)", "all out");
		assertThat(first()).isEqualTo(SECONDARY);
	}

	@Test
	void goesToWhicheverLocationServesACallFirstWhenBothWereOut() {
		takeOut(PRIMARY);
		takeOut(SECONDARY);
		this.listener.take();
		pass(1);

		succeed(PRIMARY);
		succeed(PRIMARY);

		assertThat(first()).isEqualTo(PRIMARY);
		assertThat(this.listener.take()).containsExactly("primary out -> recovered (calls-succeeded)",
				"primary recovered -> up (other-location-out)", "traffic secondary -> primary (recovered)",
				"all out ended");
	}

	@Test
	void doesNotComeBackByItselfWhenThePolicyIsManual() {
		this.director = director(DirectedTraffic.settings().automaticFailback(false).ramp(List.of(50)));
		takeOut(PRIMARY);
		pass(3600);
		assertThat(first()).isEqualTo(SECONDARY);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RECOVERED);

		this.director.update(PairState::failBack);

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
		pass(10);
		assertThat(first()).isEqualTo(PRIMARY);
	}

	@Test
	void comesBackInManualModeWhenTheOtherLocationGoesOut() {
		this.director = director(DirectedTraffic.settings().automaticFailback(false).ramp(List.of(50)));
		takeOut(PRIMARY);
		pass(30);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RECOVERED);

		takeOut(SECONDARY);

		assertThat(first()).isEqualTo(PRIMARY);
	}

	@Test
	void comesBackAtOnceWithoutARamp() {
		this.director = director(DirectedTraffic.settings().ramp(List.of()));
		takeOut(PRIMARY);
		pass(30);

		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.UP);
		assertThat(first()).isEqualTo(PRIMARY);
	}

	private TrafficDirector director(HealthSettings.Builder settings) {
		return new TrafficDirector(settings.build(), List.of(this.listener), this.time, () -> 0);
	}

	private LocationRole first() {
		return this.director.order("key").get(0);
	}

	private LocationStatus status(LocationRole role) {
		return this.director.status().get(role).status();
	}

	private double percentAtPrimary() {
		return keysAtPrimary().size() / 100.0;
	}

	private List<String> keysAtPrimary() {
		return IntStream.range(0, 10_000)
			.mapToObj((i) -> "orders/" + i)
			.filter((key) -> this.director.order(key).get(0) == PRIMARY)
			.toList();
	}

	private void takeOut(LocationRole role) {
		pass(1);
		IntStream.range(0, 3).forEach((i) -> fail(role));
		assertThat(status(role)).isEqualTo(LocationStatus.OUT);
	}

	private void comeBack(LocationRole role) {
		while (status(role) != LocationStatus.UP) {
			pass(1);
		}
		succeed(role);
	}

	private void assertHeldDownFor(int seconds) {
		pass(seconds - 1);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
		pass(1);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
	}

	private void succeed(LocationRole role) {
		this.director.succeeded(attempt(role));
	}

	private void succeedAfter(LocationRole role, int seconds) {
		long started = this.time.nanoTime();
		pass(seconds);
		this.director.succeeded(attemptSince(role, started));
	}

	private void fail(LocationRole role) {
		this.director.failed(attempt(role), "timeout");
	}

	private void throttle(LocationRole role) {
		this.director.throttled(attempt(role), "throttled");
	}

	private void probe(LocationRole role, ProbeResult result) {
		this.director.update((pair, now) -> pair
			.probed(new ProbeReport(role, result, null, Duration.ofMillis(1), this.time.instant()), now.nanos(), now));
	}

	private Attempt attempt(LocationRole role) {
		return new Attempt(role, this.time.nanoTime(), Duration.ZERO, null);
	}

	private Attempt attemptSince(LocationRole role, long started) {
		return new Attempt(role, started, Duration.ofNanos(this.time.nanoTime() - started), null);
	}

	private void pass(int seconds) {
		this.time.pass(Duration.ofSeconds(seconds));
	}

}
