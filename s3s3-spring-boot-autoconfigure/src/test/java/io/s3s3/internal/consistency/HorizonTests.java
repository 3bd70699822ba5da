package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.Objects;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HorizonTests extends AbstractHorizonTests {

	@Test
	void asksOnceForWhatOnlyHomeHasKnownForLong() {
		write("missing", LocationRole.PRIMARY, 16);
		write("old", LocationRole.PRIMARY, 16);
		write("elsewhere", LocationRole.SECONDARY, 16);
		write("arrived", LocationRole.PRIMARY, 16);
		this.writes.changed("arrived", (history) -> history.confirmed(LocationRole.SECONDARY, seen("arrived")));
		write("new", LocationRole.PRIMARY, 14);

		turn();
		turn();

		assertThat(this.asked).containsExactly("missing", "old");
		Mockito.verify(this.discoveries).notReplicated("missing", LocationRole.SECONDARY);
		Mockito.verifyNoMoreInteractions(this.discoveries);
		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(2);
	}

	@Test
	void asksForAKeyThatIsWrittenAgainAndAgainByItsLastWrite() {
		write("hot", LocationRole.PRIMARY, 40);
		write("cold", LocationRole.PRIMARY, 20);
		write("hot", LocationRole.PRIMARY, 16);
		turn();
		assertThat(this.asked).containsExactly("cold", "hot");
		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isZero();
	}

	@Test
	void asksForWhatSomebodyElseHasWrittenSinceItWasKnownEverywhere() {
		write("key", LocationRole.PRIMARY, 60);
		this.writes.changed("key", (history) -> history.confirmed(LocationRole.SECONDARY, seen("key")));
		this.writes.changed("key", (history) -> history.shown(LocationRole.PRIMARY, seen("other"), System.nanoTime()));

		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(1);
		assertThat(Objects.requireNonNull(this.writes.of("key")).written())
			.isGreaterThan(System.nanoTime() - HORIZON.toNanos());
	}

	@Test
	void asksForSomeKeysASecond() {
		for (int i = 0; i < 120; i++) {
			write("key" + i, LocationRole.PRIMARY, 16);
		}

		turn();
		assertThat(this.asked).hasSize(50);
		turn();
		turn();

		assertThat(this.asked).hasSize(120).doesNotHaveDuplicates();
	}

	@Test
	void saysOnceThatSomethingIsMissingUntilNothingIs(CapturedOutput output) {
		for (int i = 0; i < 2; i++) {
			write("missing", LocationRole.PRIMARY, 16);
			write("old", LocationRole.PRIMARY, 16);
			ask();
		}
		assertThat(output).containsOnlyOnce(MISSING);

		this.writes.forget("missing");
		write("old", LocationRole.PRIMARY, 16);
		ask();
		write("missing", LocationRole.PRIMARY, 16);
		write("old", LocationRole.PRIMARY, 16);
		ask();

		assertThat(output.toString().split(MISSING, -1)).hasSize(3);
	}

	@Test
	void saysThatItCannotFindOutRatherThanThatSomethingIsMissing(CapturedOutput output) {
		write("denied", LocationRole.PRIMARY, 16);
		ask();

		assertThat(output).contains("secondary location cannot be found out: access is denied")
			.doesNotContain("leaves something out");
	}

	@Test
	void hasAThreadOnlyWhileSomethingMayBecomeDue() {
		assertThat(this.threads).isEmpty();
		write("missing", LocationRole.PRIMARY, 0);
		turn();
		assertThat(this.threads).hasSize(1);
		Mockito.verify(this.threads.get(0), Mockito.never()).shutdown();

		this.writes.forget("missing");
		turn();
		Mockito.verify(this.threads.get(0)).shutdown();

		write("key", LocationRole.PRIMARY, 0);
		assertThat(this.threads).hasSize(2);
	}

	@Test
	void hasNoThreadIfNothingIsToBeAskedFor() {
		Horizon never = horizon(Duration.ZERO);
		never.written();
		this.horizon.close();
		this.horizon.written();

		assertThat(this.threads).isEmpty();
	}

}
