package io.s3s3.health;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What is told while the calls of home come back step by step: each change of the part
 * that goes home, when it happens.
 */
class FailbackProgressTests {

	private static final LocationRole PRIMARY = LocationRole.PRIMARY;

	private static final LocationRole SECONDARY = LocationRole.SECONDARY;

	private final DirectedTraffic traffic = new DirectedTraffic();

	private final FailoverControl control = new DefaultFailoverControl(this.traffic.director,
			new LocationPair(Location.of(PRIMARY, mock(S3Client.class), "east"),
					Location.of(SECONDARY, mock(S3Client.class), "west")),
			(location) -> ProbeResult.SUCCESS);

	@BeforeEach
	void ramp() {
		this.traffic.bringTo(PRIMARY, LocationStatus.RAMPING);
	}

	@Test
	void tellsTheBeginningEachStepAndTheEnd() {
		assertThat(told()).containsExactly("primary started 1 (failback)");
		this.traffic.passSeconds(10);
		assertThat(told()).containsExactly("primary progressed 10 (failback)");
		this.traffic.passSeconds(10);
		assertThat(told()).containsExactly("primary progressed 50 (failback)");
		this.traffic.passSeconds(10);

		assertThat(told()).containsExactly("primary completed 100 (failback)");
		assertThat(this.control.status().lastFailback())
			.hasToString("FailbackProgressed[completed to primary: 100 percent, failback]")
			.satisfies((last) -> assertThat(last.getTime()).isEqualTo(this.traffic.time.instant()));
	}

	@Test
	void tellsEachStepOnce() {
		for (int i = 0; i < 100; i++) {
			this.traffic.pass(Duration.ofMillis(500));
			this.traffic.succeed(PRIMARY);
		}

		assertThat(told()).hasSize(4);
	}

	@ParameterizedTest
	@MethodSource("ends")
	void tellsWhatEndsItBeforeItsTime(Consumer<FailbackProgressTests> event, String told) {
		told();

		event.accept(this);

		assertThat(told()).containsExactly(told);
	}

	static Stream<Arguments> ends() {
		return Stream.of(
				end("a call failed", (test) -> test.traffic.fail(PRIMARY, null), "primary aborted 0 (circuit-open)"),
				end("probes failed", FailbackProgressTests::failProbes, "primary aborted 0 (probe-failed)"),
				end("drained", (test) -> test.control.drain(PRIMARY), "primary aborted 0 (drained)"),
				end("forced away", (test) -> test.control.force(SECONDARY), "primary aborted 0 (forced)"),
				end("forced home", (test) -> test.control.force(PRIMARY), "primary completed 100 (forced)"),
				end("reset", (test) -> test.control.reset(), "primary completed 100 (reset)"),
				end("the other location went out", (test) -> test.traffic.takeOut(SECONDARY),
						"primary completed 100 (circuit-open)"),
				end("the other location was drained", (test) -> test.control.drain(SECONDARY),
						"primary completed 100 (drained)"));
	}

	@Test
	void tellsNothingOfOneThatIsOver() {
		this.traffic.passSeconds(10);
		this.traffic.fail(PRIMARY, null);
		told();

		this.traffic.fail(PRIMARY, null);
		this.traffic.passSeconds(20);

		assertThat(told()).isEmpty();
	}

	@Test
	void beginsAgainWithTheFirstStep() {
		this.traffic.passSeconds(10);
		this.traffic.fail(PRIMARY, null);
		told();

		this.control.failBack();

		assertThat(told()).containsExactly("primary started 1 (failback)");
	}

	@Test
	void goesOnWhereAForcedRouteEnds() {
		this.control.force(PRIMARY);
		told();

		this.control.release();

		assertThat(told()).containsExactly("primary started 1 (failback)");
	}

	private static Arguments end(String name, Consumer<FailbackProgressTests> event, String told) {
		return Arguments.argumentSet(name, event, told);
	}

	private static void failProbes(FailbackProgressTests test) {
		test.traffic.probe(PRIMARY, ProbeResult.FAILURE);
		test.traffic.probe(PRIMARY, ProbeResult.FAILURE);
	}

	private List<String> told() {
		List<String> told = List.copyOf(this.traffic.listener.failbacks);
		this.traffic.listener.failbacks.clear();
		return told;
	}

}
