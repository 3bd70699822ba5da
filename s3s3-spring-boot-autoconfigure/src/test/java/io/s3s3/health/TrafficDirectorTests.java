package io.s3s3.health;

import java.time.Duration;
import java.util.stream.IntStream;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrafficDirector}: when it switches.
 */
class TrafficDirectorTests extends AbstractTrafficDirectorTests {

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

	private void succeedAfter(LocationRole role, int seconds) {
		long started = this.time.nanoTime();
		pass(seconds);
		this.director.succeeded(attemptSince(role, started));
	}

	private void throttle(LocationRole role) {
		this.director.throttled(attempt(role), "throttled");
	}

}
