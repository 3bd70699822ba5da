package io.s3s3.health;

import java.time.Duration;
import java.util.stream.IntStream;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrafficDirector}: how it finds out that a location is well again.
 */
class RecoveryTests extends AbstractTrafficDirectorTests {

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
		probe(PRIMARY, ProbeResult.FAILURE);

		assertThat(this.director.needsProbe(PRIMARY)).isTrue();
		assertThat(this.director.needsProbe(SECONDARY)).isFalse();
	}

	@Test
	void asksForProbesOfTheOtherLocationToCompareOneThatComesBackWith() {
		probe(SECONDARY, ProbeResult.SUCCESS);
		probe(SECONDARY, ProbeResult.SUCCESS);
		takeOut(PRIMARY);

		probe(PRIMARY, ProbeResult.SUCCESS);

		assertThat(this.director.needsProbe(SECONDARY)).isTrue();
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

}
