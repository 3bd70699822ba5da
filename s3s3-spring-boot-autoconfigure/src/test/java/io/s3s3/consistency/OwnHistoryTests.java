package io.s3s3.consistency;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the oracle of the simulation admits.
 */
class OwnHistoryTests {

	private static final String KEY = "key";

	private final OwnHistory history = new OwnHistory();

	@Test
	void admitsNothingBeforeTheFirstWrite() {
		assertThat(admissible()).isEqualTo(Collections.singleton(null));
	}

	@Test
	void admitsOnlyTheLastOfTwoWrites() {
		write("one");
		write("two");

		assertThat(admissible()).containsExactly("two");
	}

	@Test
	void admitsNothingAfterADeletion() {
		write("one");
		write(null);

		assertThat(admissible()).isEqualTo(Collections.singleton(null));
	}

	@Test
	void admitsBothOfTwoWritesThatOverlap() {
		ToldWrite outer = this.history.begin(KEY, "outer");
		write("inner");
		this.history.acknowledged(outer, null);

		assertThat(admissible()).containsExactlyInAnyOrder("outer", "inner");
	}

	@Test
	void admitsWhatWasThereWhenAReadBegan() {
		write("one");
		long began = this.history.tick();
		write("two");

		assertThat(this.history.admissible(KEY, began)).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void admitsAWriteThatFailedBesideTheOneBefore() {
		write("one");
		fail("two");

		assertThat(admissible()).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void admitsNothingOlderThanAFailedWriteThatWasSeen() {
		write("one");
		fail("two");
		this.history.saw(KEY, "two");

		assertThat(admissible()).containsExactly("two");
	}

	@Test
	void admitsAFailedWriteAfterALaterOneForAsLongAsItMayBeExecuted() {
		ToldWrite late = this.history.begin(KEY, "late");
		this.history.calls(List.of(late));
		Runnable executed = this.history.abandon();
		this.history.returns();
		this.history.failed(late);
		write("two");

		assertThat(admissible()).containsExactlyInAnyOrder("late", "two");

		executed.run();
		assertThat(admissible()).containsExactlyInAnyOrder("late", "two");

		write("three");
		assertThat(admissible()).containsExactly("three");
	}

	private void write(@Nullable String content) {
		this.history.acknowledged(this.history.begin(KEY, content), null);
	}

	private void fail(String content) {
		this.history.failed(this.history.begin(KEY, content));
	}

	private Set<@Nullable String> admissible() {
		return this.history.admissible(KEY, this.history.tick());
	}

}
