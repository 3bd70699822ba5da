package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DefaultFailoverControl}.
 */
class DefaultFailoverControlTests extends AbstractFailoverControlTests {

	@Test
	@SuppressWarnings("NullAway") // what is wrong is the point
	void refusesNoLocation() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.control.force(null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.control.force(null, Duration.ofHours(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.control.drain(null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.control.undrain(null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.control.probeNow(null));
		assertThat(this.control.status().forcedTo()).isNull();
	}

	@Test
	void refusesOrdersThatWouldBeLost() {
		this.director.stop();

		assertThatIllegalStateException().isThrownBy(() -> this.control.force(SECONDARY))
			.withMessageContaining("closed, or stopped");

		this.director.start();
		this.control.force(SECONDARY);
		assertThat(this.director.order("key")).containsExactly(SECONDARY, PRIMARY);
	}

	@Test
	void takesADrainedLocationOutOfTheOrder() {
		this.control.drain(PRIMARY);

		assertThat(this.director.order("key")).containsExactly(SECONDARY);
		assertThat(this.director.home()).isEqualTo(SECONDARY);
		assertThat(this.director.isWell(PRIMARY)).isFalse();
		assertThat(this.director.needsProbe(PRIMARY)).isFalse();
		assertThat(this.listener.take()).containsExactly("primary up -> drained (operator)",
				"traffic primary -> secondary (drained)");
	}

	@Test
	void leavesTrafficAloneWhenTheStandbyIsDrained() {
		this.control.drain(SECONDARY);
		this.control.drain(SECONDARY);

		assertThat(this.director.order("key")).containsExactly(PRIMARY);
		takeOut(PRIMARY);
		assertThat(this.director.order("key")).containsExactly(PRIMARY);
		assertThat(this.listener.take()).containsExactly("secondary up -> drained (operator)",
				"primary up -> out (consecutive-failures)", "all out");

		this.control.undrain(SECONDARY);

		assertThat(this.director.order("key")).containsExactly(SECONDARY, PRIMARY);
		assertThat(this.listener.take()).containsExactly("secondary drained -> ramping (operator)",
				"secondary ramping -> up (not-home)", "traffic primary -> secondary (recovered)", "all out ended");
	}

	@Test
	void letsADrainedHomeInAgainByTheRamp() {
		this.control.drain(PRIMARY);
		this.listener.take();
		this.control.undrain(PRIMARY);
		this.control.undrain(PRIMARY);

		assertThat(this.director.home()).isEqualTo(PRIMARY);
		assertThat(this.control.status().primary().rampPercent()).isEqualTo(1);
		assertThat(first()).isEqualTo(SECONDARY);
		pass(10);
		assertThat(this.control.status().primary().rampPercent()).isEqualTo(50);
		pass(10);

		assertThat(first()).isEqualTo(PRIMARY);
		assertThat(this.control.status().primary().rampPercent()).isNull();
		assertThat(this.control.status().primary().relapses()).isZero();
		assertThat(this.listener.take()).containsExactly("primary drained -> ramping (operator)",
				"primary ramping -> up (ramp-completed)", "traffic secondary -> primary (failback)");
	}

	@Test
	void refusesContradictions() {
		this.control.drain(PRIMARY);

		assertThatIllegalStateException().isThrownBy(() -> this.control.drain(SECONDARY))
			.withMessageContaining("the primary location is drained already");
		assertThatIllegalStateException().isThrownBy(() -> this.control.force(PRIMARY))
			.withMessageContaining("drained");
		this.control.undrain(PRIMARY);
		this.control.force(PRIMARY);
		assertThatIllegalStateException().isThrownBy(() -> this.control.drain(PRIMARY))
			.withMessageContaining("calls are forced to it");
		assertThat(first()).isEqualTo(PRIMARY);
	}

	@Test
	void failsBackWithoutWaitingForTheHoldDown() {
		takeOut(PRIMARY);
		this.listener.take();

		this.control.failBack();
		this.control.failBack();

		assertThat(this.listener.take()).containsExactly("primary out -> ramping (operator)");
		completeRamp();
		this.control.failBack();
		assertThat(this.listener.take()).containsExactly("primary ramping -> up (ramp-completed)",
				"traffic secondary -> primary (failback)");
	}

	@Test
	void forgetsAllFailures() {
		for (int i = 0; i < 4; i++) {
			takeOut(PRIMARY);
			this.control.failBack();
			completeRamp();
			succeed(PRIMARY);
		}
		takeOut(PRIMARY);
		takeOut(SECONDARY);
		assertThat(this.control.status().primary().relapses()).isEqualTo(4);
		assertThat(this.control.status().isAllOut()).isTrue();
		this.listener.take();

		this.control.reset();

		assertThat(this.listener.take()).containsExactly("primary out -> up (operator)",
				"secondary out -> up (operator)", "traffic secondary -> primary (reset)", "all out ended");
		assertThat(this.control.status().primary().relapses()).isZero();
		takeOut(PRIMARY);
		assertThat(this.control.status().primary().holdDownEnd()).isEqualTo(this.time.instant().plusSeconds(30));
	}

	@Test
	void leavesADrainedLocationDrainedWhenItForgetsAllFailures() {
		this.control.drain(PRIMARY);

		this.control.reset();

		assertThat(this.control.status().primary().status()).isEqualTo(LocationStatus.DRAINED);
	}

	@Test
	void probesNowAndLetsTheResultCount() {
		takeOut(PRIMARY);

		ProbeReport report = this.control.probeNow(PRIMARY);
		assertThat(report.result()).isEqualTo(ProbeResult.SUCCESS);
		assertThat(report.duration()).isEqualTo(Duration.ofMillis(7));
		this.control.probeNow(PRIMARY);

		assertThat(this.control.status().primary().status()).isEqualTo(LocationStatus.RECOVERED);
		assertThat(this.control.status().primary().lastProbe()).isNotNull();
	}

	@Test
	void tellsWhyALocationIsOutAndWhatWasCounted() {
		succeed(PRIMARY);
		takeOut(PRIMARY);
		LocationSnapshot snapshot = this.control.status().primary();

		assertThat(snapshot.status()).isEqualTo(LocationStatus.OUT);
		assertThat(snapshot.reason()).isEqualTo(StatusReason.CONSECUTIVE_FAILURES);
		assertThat(snapshot.since()).isEqualTo(this.time.instant());
		assertThat(snapshot.calls()).isEqualTo(4);
		assertThat(snapshot.failures()).isEqualTo(3);
		assertThat(snapshot.failureRate()).isNull();
		assertThat(snapshot.slowCallRate()).isNull();
		assertThat(snapshot.consecutiveFailures()).isEqualTo(3);
		assertThat(snapshot.consecutiveThrottles()).isZero();
		assertThat(snapshot.lastErrors()).hasSize(3)
			.containsOnly(new LocationSnapshot.Error(this.time.instant(), "timeout"));
		assertThat(snapshot.rampPercent()).isNull();
		assertThat(snapshot.holdDownEnd()).isEqualTo(this.time.instant().plusSeconds(30));
		assertThat(this.control.status().first()).isEqualTo(SECONDARY);
		assertThat(this.control.status().home()).isEqualTo(PRIMARY);
	}

	@Test
	void remembersTheLastTenErrorsAndTheLastTwentySwitches() {
		for (int i = 0; i < 15; i++) {
			this.control.force(SECONDARY);
			this.control.release();
			pass(1);
			succeed(PRIMARY);
			succeed(PRIMARY);
			fail(PRIMARY);
		}

		List<LocationSnapshot.Error> errors = this.control.status().primary().lastErrors();
		assertThat(errors).hasSize(10);
		assertThat(errors.get(9).time()).isEqualTo(this.time.instant());
		List<SwitchRecord> switches = this.control.status().recentSwitches();
		assertThat(switches).hasSize(20);
		assertThat(switches.get(19).move().getReason()).isEqualTo(SwitchReason.RELEASED);
		assertThat(switches.get(0).move().getTime()).isEqualTo(this.time.instant().minusSeconds(10));
	}

	@Test
	void tellsWhatCameOfASwitch() {
		fail(PRIMARY);
		pass(2);
		fail(PRIMARY);
		fail(PRIMARY);
		SwitchRecord begun = this.control.status().recentSwitches().get(0);
		pass(3);
		succeed(SECONDARY);
		Instant served = this.time.instant();
		pass(1);
		succeed(SECONDARY);

		SwitchRecord past = this.control.status().recentSwitches().get(0);

		assertThat(begun.firstServed()).isNull();
		assertThat(past.move().getReason()).isEqualTo(SwitchReason.CIRCUIT_OPEN);
		assertThat(past.detection()).isEqualTo(Duration.ofSeconds(2));
		assertThat(past.firstServed()).isEqualTo(served);
		assertThat(past.confirmed()).isEqualTo(past.move().getTime());
	}

	@Test
	void tellsNoDetectionOfASwitchThatAnOperatorMade() {
		this.control.force(SECONDARY);

		assertThat(this.control.status().recentSwitches().get(0).detection()).isNull();
	}

	private void completeRamp() {
		pass(10);
		assertThat(this.control.status().primary().rampPercent()).isEqualTo(50);
		pass(10);
		assertThat(first()).isEqualTo(PRIMARY);
	}

	private void succeed(LocationRole role) {
		this.director.succeeded(attempt(role));
	}

}
