package io.s3s3.internal.call;

import java.time.Duration;
import java.util.List;

import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RouteWalk}.
 */
class RouteWalkTests {

	private final Location primary = Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east");

	private final Location secondary = Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west");

	private final RouteWalk walk = new RouteWalk(List.of(this.primary, this.secondary));

	private final RetryRounds rounds = new RetryRounds(AttemptLimits.DEFAULT, new RetryBudget(), () -> 0.5);

	@Test
	void goesAlongTheRoute() {
		assertThat(this.walk.next()).isSameAs(this.primary);
		assertThat(this.walk.left()).containsExactly(this.secondary);
		assertThat(this.walk.next()).isSameAs(this.secondary);
		assertThat(this.walk.current()).isSameAs(this.secondary);
		assertThat(this.walk.hasNext()).isFalse();
		assertThat(nextRound()).isNull();
	}

	@Test
	void asksOnlyThoseAgainWhoseFailureMayPass() {
		this.walk.failed(this.walk.next(), false, false);
		this.walk.failed(this.walk.next(), true, false);

		assertThat(nextRound()).isEqualTo(Duration.ofMillis(50));

		assertThat(this.walk.rounds()).isEqualTo(2);
		assertThat(this.walk.next()).isSameAs(this.secondary);
		assertThat(this.walk.hasNext()).isFalse();
		assertThat(nextRound()).isNull();
	}

	@Test
	void waitsLongerOnceALocationThrottled() {
		this.walk.failed(this.walk.next(), true, true);
		this.walk.failed(this.walk.next(), true, false);

		assertThat(nextRound()).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void staysInItsRoundWhereThereIsNoTimeForAnother() {
		this.walk.failed(this.walk.next(), true, false);

		assertThat(this.walk.nextRound(this.rounds, (wait) -> false, 0)).isNull();

		assertThat(this.walk.rounds()).isEqualTo(1);
	}

	@Test
	void endsWithTheLocationWhoseAnswerBroke() {
		RouteWalk continued = RouteWalk.after(this.primary, List.of(this.primary, this.secondary));

		assertThat(continued.current()).isSameAs(this.primary);
		assertThat(continued.next()).isSameAs(this.secondary);
		assertThat(continued.next()).isSameAs(this.primary);
		assertThat(continued.hasNext()).isFalse();
	}

	private @Nullable Duration nextRound() {
		return this.walk.nextRound(this.rounds, (wait) -> true, 0);
	}

}
