package io.s3s3.health;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link HealthSettings} and what they consist of.
 */
class HealthSettingsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@ParameterizedTest
	@MethodSource
	void refuses(String property, Consumer<HealthSettings.Builder> values) {
		HealthSettings.Builder settings = HealthSettings.builder();

		values.accept(settings);

		assertThatIllegalArgumentException().isThrownBy(settings::build)
			.withMessageStartingWith("s3s3." + property + " is ");
	}

	static Stream<Arguments> refuses() {
		return Stream.of(values("circuit.consecutive-failures", (s) -> s.consecutiveFailures(0)),
				values("circuit.without-success", (s) -> s.withoutSuccess(SECOND.negated())),
				values("circuit.failure-rate", (s) -> s.failureRate(0)),
				values("circuit.failure-rate", (s) -> s.failureRate(100.1f)),
				values("circuit.window-size", (s) -> s.window(0, 5)),
				values("circuit.window-size", (s) -> s.window(1_000_001, 5)),
				values("circuit.minimum-calls", (s) -> s.window(10, 0)),
				values("circuit.minimum-calls", (s) -> s.window(10, 11)),
				values("circuit.consecutive-throttles", (s) -> s.consecutiveThrottles(0)),
				values("circuit.slow-call", (s) -> s.slowCalls(Duration.ZERO, 50)),
				values("circuit.slow-call-rate", (s) -> s.slowCalls(null, 0)),
				values("circuit.slowed-by", (s) -> s.slowedBy(Duration.ofMillis(-1))),
				values("circuit.slow-call-rate", (s) -> s.slowCalls(null, 101)),
				values("probe.interval", (s) -> s.probeInterval(Duration.ZERO)),
				values("probe.of", (s) -> s.requiredProbes(1, 1001)),
				values("probe.required", (s) -> s.requiredProbes(0, 1)),
				values("probe.required", (s) -> s.requiredProbes(2, 1)),
				values("failback.hold-down", (s) -> s.holdDown(SECOND.negated(), SECOND, SECOND)),
				values("failback.max-hold-down", (s) -> s.holdDown(SECOND, Duration.ZERO, SECOND)),
				values("failback.calm-period", (s) -> s.holdDown(SECOND, SECOND, Duration.ZERO)),
				values("failback.ramp", (s) -> s.ramp(List.of(0))),
				values("failback.ramp", (s) -> s.ramp(List.of(10, 10))),
				values("failback.ramp", (s) -> s.ramp(List.of(101))),
				values("failback.ramp-step", (s) -> s.rampStep(SECOND.negated())),
				values("failback.jitter", (s) -> s.jitter(-0.1)), values("failback.jitter", (s) -> s.jitter(1.1)));
	}

	@Test
	void takesTheLeast() {
		HealthSettings.Builder settings = HealthSettings.builder()
			.consecutiveFailures(1)
			.withoutSuccess(Duration.ZERO)
			.failureRate(0.1f)
			.window(1, 1)
			.consecutiveThrottles(1)
			.slowCalls(Duration.ofNanos(1), 0.1f)
			.probeInterval(Duration.ofNanos(1))
			.requiredProbes(1, 1)
			.holdDown(Duration.ZERO, Duration.ZERO, Duration.ofNanos(1))
			.ramp(List.of())
			.rampStep(Duration.ZERO)
			.jitter(0);

		assertThatNoException().isThrownBy(settings::build);
	}

	@Test
	void takesTheMost() {
		HealthSettings.Builder settings = HealthSettings.builder()
			.failureRate(100)
			.window(1_000_000, 1_000_000)
			.slowCalls(SECOND, 100)
			.requiredProbes(1000, 1000)
			.ramp(List.of(1, 100))
			.jitter(1);

		assertThatNoException().isThrownBy(settings::build);
	}

	@Test
	void doublesTheHoldDownUpToItsMaximum() {
		FailbackSettings.HoldDown holdDown = HealthSettings.DEFAULTS.failback().holdDown();

		assertThat(holdDown.after(0)).hasSeconds(30);
		assertThat(holdDown.after(1)).hasSeconds(60);
		assertThat(holdDown.after(4)).hasSeconds(480);
		assertThat(holdDown.after(5)).hasSeconds(600);
		assertThat(holdDown.after(1000)).hasSeconds(600);
	}

	private static Arguments values(String property, Consumer<HealthSettings.Builder> values) {
		return Arguments.of(property, values);
	}

}
