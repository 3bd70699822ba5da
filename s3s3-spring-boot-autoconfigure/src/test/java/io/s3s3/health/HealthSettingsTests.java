package io.s3s3.health;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
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
	void refuses(String part, ThrowingCallable settings) {
		assertThatIllegalArgumentException().isThrownBy(settings).withMessageContaining(part);
	}

	static Stream<Arguments> refuses() {
		return Stream.of(Arguments.of("consecutiveFailures", circuit(0, SECOND, 50, 10, 5, 5, null, 50)),
				Arguments.of("withoutSuccess", circuit(1, SECOND.negated(), 50, 10, 5, 5, null, 50)),
				Arguments.of("failureRate", circuit(1, SECOND, 0, 10, 5, 5, null, 50)),
				Arguments.of("failureRate", circuit(1, SECOND, 100.1f, 10, 5, 5, null, 50)),
				Arguments.of("windowSize", circuit(1, SECOND, 50, 0, 5, 5, null, 50)),
				Arguments.of("minimumCalls", circuit(1, SECOND, 50, 10, 0, 5, null, 50)),
				Arguments.of("minimumCalls", circuit(1, SECOND, 50, 10, 11, 5, null, 50)),
				Arguments.of("consecutiveThrottles", circuit(1, SECOND, 50, 10, 5, 0, null, 50)),
				Arguments.of("slowCall", circuit(1, SECOND, 50, 10, 5, 5, Duration.ZERO, 50)),
				Arguments.of("slowCallRate", circuit(1, SECOND, 50, 10, 5, 5, null, 0)),
				Arguments.of("slowCallRate", circuit(1, SECOND, 50, 10, 5, 5, null, 101)),
				Arguments.of("interval", probe(Duration.ZERO, 1, 1)), Arguments.of("required", probe(SECOND, 0, 1)),
				Arguments.of("required", probe(SECOND, 2, 1)),
				Arguments.of("holdDown", failback(SECOND.negated(), SECOND, SECOND, List.of(), SECOND, 0)),
				Arguments.of("maxHoldDown", failback(SECOND, Duration.ZERO, SECOND, List.of(), SECOND, 0)),
				Arguments.of("calmPeriod", failback(SECOND, SECOND, Duration.ZERO, List.of(), SECOND, 0)),
				Arguments.of("ramp", failback(SECOND, SECOND, SECOND, List.of(0), SECOND, 0)),
				Arguments.of("ramp", failback(SECOND, SECOND, SECOND, List.of(10, 10), SECOND, 0)),
				Arguments.of("ramp", failback(SECOND, SECOND, SECOND, List.of(101), SECOND, 0)),
				Arguments.of("rampStep", failback(SECOND, SECOND, SECOND, List.of(), SECOND.negated(), 0)),
				Arguments.of("jitter", failback(SECOND, SECOND, SECOND, List.of(), SECOND, -0.1)),
				Arguments.of("jitter", failback(SECOND, SECOND, SECOND, List.of(), SECOND, 1.1)));
	}

	@ParameterizedTest
	@MethodSource
	void takes(ThrowingCallable settings) {
		assertThatNoException().isThrownBy(settings);
	}

	static Stream<ThrowingCallable> takes() {
		return Stream.of(circuit(1, Duration.ZERO, 100, 1, 1, 1, Duration.ofNanos(1), 100),
				circuit(1, Duration.ZERO, 0.1f, 1, 1, 1, null, 0.1f), probe(Duration.ofNanos(1), 1, 1),
				failback(Duration.ZERO, Duration.ZERO, Duration.ofNanos(1), List.of(1, 100), Duration.ZERO, 0),
				failback(SECOND, SECOND, SECOND, List.of(), SECOND, 1));
	}

	@Test
	void doublesTheHoldDownUpToItsMaximum() {
		FailbackSettings failback = FailbackSettings.DEFAULTS;

		assertThat(failback.holdDownAfter(0)).hasSeconds(30);
		assertThat(failback.holdDownAfter(1)).hasSeconds(60);
		assertThat(failback.holdDownAfter(4)).hasSeconds(480);
		assertThat(failback.holdDownAfter(5)).hasSeconds(600);
		assertThat(failback.holdDownAfter(1000)).hasSeconds(600);
	}

	@Test
	void mayLeaveOutProbes() {
		assertThat(HealthSettings.DEFAULTS.probe().enabled()).isTrue();
		assertThat(HealthSettings.DEFAULTS.withoutProbes().probe().enabled()).isFalse();
		assertThat(HealthSettings.DEFAULTS.withoutProbes().circuit()).isEqualTo(CircuitSettings.DEFAULTS);
	}

	private static ThrowingCallable circuit(int failures, Duration withoutSuccess, float rate, int window, int minimum,
			int throttles, @Nullable Duration slowCall, float slowRate) {
		return () -> new CircuitSettings(failures, withoutSuccess, rate, window, minimum, throttles, slowCall,
				slowRate);
	}

	private static ThrowingCallable probe(Duration interval, int required, int of) {
		return () -> new ProbeSettings(true, interval, required, of, false);
	}

	private static ThrowingCallable failback(Duration holdDown, Duration maximum, Duration calm, List<Integer> ramp,
			Duration step, double jitter) {
		return () -> new FailbackSettings(FailbackPolicy.AUTOMATIC, holdDown, maximum, calm, ramp, step, jitter);
	}

}
