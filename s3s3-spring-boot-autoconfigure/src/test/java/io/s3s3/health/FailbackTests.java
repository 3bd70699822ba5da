package io.s3s3.health;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link TrafficDirector}: when and how calls come back.
 */
class FailbackTests extends AbstractTrafficDirectorTests {

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
			assertThat(this.director.status().primary().calls()).isZero();
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

	private double percentAtPrimary() {
		return keysAtPrimary().size() / 100.0;
	}

	private List<String> keysAtPrimary() {
		return IntStream.range(0, 10_000)
			.mapToObj((i) -> "orders/" + i)
			.filter((key) -> this.director.order(key).get(0) == PRIMARY)
			.toList();
	}

	private void assertHeldDownFor(int seconds) {
		pass(seconds - 1);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.OUT);
		pass(1);
		assertThat(status(PRIMARY)).isEqualTo(LocationStatus.RAMPING);
	}

}
