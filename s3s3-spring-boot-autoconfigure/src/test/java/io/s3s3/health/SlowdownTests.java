package io.s3s3.health;

import java.time.Duration;
import java.util.Random;
import java.util.function.Predicate;

import io.s3s3.health.SimulatedLatency.Latency;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A location that answers everything, only much later than it used to, is left for one
 * that does not; and nothing else makes traffic switch.
 */
class SlowdownTests {

	private static final Duration WELL = Duration.ofMillis(20);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

	@ParameterizedTest
	@ValueSource(doubles = { 3, 10, 100, 1000 })
	void leavesALocationThatAnswersASecondLate(double callsPerSecond) {
		SimulatedLatency simulation = new SimulatedLatency(primarySlowWhile((time) -> time.compareTo(MINUTE) >= 0),
				callsPerSecond)
			.run(MINUTE);
		assertThat(simulation.first()).isEqualTo(LocationRole.PRIMARY);

		simulation.run(MINUTE.plusSeconds(10));

		assertThat(simulation.first()).isEqualTo(LocationRole.SECONDARY);
		assertThat(simulation.reason(LocationRole.PRIMARY)).isEqualTo(StatusReason.SLOWED_DOWN);
	}

	@Test
	void doesNotComeBackWhileItIsSlow() {
		SimulatedLatency simulation = new SimulatedLatency(primarySlowWhile((time) -> time.compareTo(MINUTE) >= 0), 10)
			.run(Duration.ofHours(1));

		assertThat(simulation.told()).containsExactly("primary up -> out (slowed-down)",
				"traffic primary -> secondary (circuit-open)");
	}

	@Test
	void comesBackWhenItIsAsFastAsItWas() {
		SimulatedLatency simulation = new SimulatedLatency(
				primarySlowWhile((time) -> time.compareTo(MINUTE) >= 0 && time.compareTo(MINUTE.multipliedBy(3)) < 0),
				10)
			.run(TEN_MINUTES);

		assertThat(simulation.first()).isEqualTo(LocationRole.PRIMARY);
		assertThat(simulation.switches()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 20, 30, 60 })
	void switchesOnceForALocationThatIsSlowHalfOfTheTime(int period) {
		SimulatedLatency simulation = new SimulatedLatency(
				primarySlowWhile((time) -> time.compareTo(MINUTE) >= 0 && time.toSeconds() % period < period / 2), 10)
			.run(MINUTE.plus(TEN_MINUTES));

		assertThat(simulation.switches()).isLessThanOrEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.5, 1, 1.5, 2 })
	void staysWhateverTheTailOfTheLatencies(double sigma) {
		Random random = new Random(7);
		SimulatedLatency simulation = new SimulatedLatency(
				(role, time, call) -> Duration.ofNanos((long) (50e6 * Math.exp(sigma * random.nextGaussian()))), 50)
			.run(Duration.ofHours(2));

		assertThat(simulation.switches()).isZero();
	}

	@Test
	void staysWhenTheProcessPauses() {
		SimulatedLatency simulation = new SimulatedLatency((role, time, call) -> WELL, 100);
		for (int i = 1; i <= 100; i++) {
			simulation.run(Duration.ofSeconds(30L * i));
			simulation.pause(Duration.ofSeconds(5));
		}

		assertThat(simulation.switches()).isZero();
	}

	@Test
	void staysWhenTheCallsTakeLongerAndTheProbesDoNot() {
		SimulatedLatency simulation = new SimulatedLatency(
				(role, time, call) -> (call && time.toMinutes() % 10 > 5) ? SECOND.multipliedBy(3) : WELL, 10)
			.run(Duration.ofHours(2));

		assertThat(simulation.switches()).isZero();
	}

	@Test
	void staysWhenBothAreSlow() {
		SimulatedLatency simulation = new SimulatedLatency(
				(role, time, call) -> (time.compareTo(MINUTE) > 0) ? WELL.plus(SECOND) : WELL, 10)
			.run(TEN_MINUTES);

		assertThat(simulation.switches()).isZero();
	}

	@Test
	void staysAtALocationThatAlwaysWasFarAway() {
		Latency far = (role, time, call) -> (role == LocationRole.PRIMARY) ? SECOND : WELL;

		assertThat(new SimulatedLatency(far, 10).run(TEN_MINUTES).switches()).isZero();
	}

	@Test
	void comesBackToALocationThatAlwaysWasFarAway() {
		Latency far = (role, time, call) -> {
			boolean slow = time.compareTo(MINUTE) >= 0 && time.compareTo(MINUTE.multipliedBy(3)) < 0;
			return (role == LocationRole.PRIMARY) ? SECOND.multipliedBy(slow ? 4 : 1) : WELL;
		};

		SimulatedLatency simulation = new SimulatedLatency(far, 10).run(TEN_MINUTES);

		assertThat(simulation.first()).isEqualTo(LocationRole.PRIMARY);
		assertThat(simulation.switches()).isEqualTo(2);
	}

	private static Latency primarySlowWhile(Predicate<Duration> slow) {
		return (role, time, call) -> (role == LocationRole.PRIMARY && slow.test(time)) ? WELL.plus(SECOND) : WELL;
	}

}
