package io.s3s3.health;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DefaultFailoverControl}: calls that are forced to a location.
 */
class ForcedRouteTests extends AbstractFailoverControlTests {

	@Test
	void forcesCallsToALocationUntilReleased() {
		this.control.force(SECONDARY);

		assertThat(first()).isEqualTo(SECONDARY);
		assertThat(this.director.home()).isEqualTo(SECONDARY);
		FailoverStatus status = this.control.status();
		assertThat(status.forcedTo()).isEqualTo(SECONDARY);
		assertThat(status.forcedSince()).isEqualTo(this.time.instant());
		assertThat(status.forcedUntil()).isNull();
		pass(3600);
		assertThat(first()).isEqualTo(SECONDARY);

		this.control.release();

		assertThat(first()).isEqualTo(PRIMARY);
		assertThat(this.director.home()).isEqualTo(PRIMARY);
		assertThat(this.control.status().forcedTo()).isNull();
		assertThat(this.listener.take()).containsExactly("traffic primary -> secondary (forced)",
				"traffic secondary -> primary (released)");
	}

	@Test
	void forcesCallsForSomeTime() {
		this.control.force(SECONDARY, Duration.ofMinutes(5));
		assertThat(this.control.status().forcedUntil()).isEqualTo(this.time.instant().plusSeconds(300));
		pass(299);
		assertThat(first()).isEqualTo(SECONDARY);
		pass(1);

		assertThat(first()).isEqualTo(PRIMARY);
		assertThat(this.control.status().forcedTo()).isNull();
		assertThat(this.listener.take()).containsExactly("traffic primary -> secondary (forced)",
				"traffic secondary -> primary (released)");
	}

	@Test
	void countsTheTimeAwayFromHome() {
		pass(5);
		assertThat(this.control.status().awayFromHome()).isZero();
		takeOut(PRIMARY);
		Duration atOutage = this.control.status().awayFromHome();
		pass(10);
		assertThat(this.control.status().awayFromHome()).isEqualTo(atOutage.plusSeconds(10));

		this.control.force(SECONDARY);
		pass(5);
		assertThat(this.control.status().awayFromHome()).isEqualTo(atOutage.plusSeconds(10));

		this.control.release();
		pass(3);
		this.control.reset();
		pass(20);
		assertThat(this.control.status().awayFromHome()).isEqualTo(atOutage.plusSeconds(13));
	}

	@Test
	void mayDrainALocationAsSoonAsTheForcedRouteIsOver() {
		this.control.force(PRIMARY, Duration.ofMinutes(5));
		pass(300);

		this.control.drain(PRIMARY);

		assertThat(this.control.status().primary().status()).isEqualTo(LocationStatus.DRAINED);
	}

	@Test
	void forcesCallsToALocationThatIsOut() {
		this.control.force(PRIMARY);
		takeOut(PRIMARY);

		assertThat(this.director.order("key")).containsExactly(PRIMARY, SECONDARY);

		this.control.release();

		assertThat(first()).isEqualTo(SECONDARY);
		assertThat(this.listener.take()).containsExactly("primary up -> out (consecutive-failures)",
				"traffic primary -> secondary (released)");
	}

	@Test
	void refusesAForcedRouteOfNoDuration() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.control.force(PRIMARY, Duration.ZERO))
			.withMessageContaining("more than zero");
	}

}
