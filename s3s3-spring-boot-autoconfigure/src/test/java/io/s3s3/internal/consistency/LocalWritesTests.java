package io.s3s3.internal.consistency;

import java.util.Objects;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A memory that has room for some of the writes.
 */
class LocalWritesTests {

	private final RecentWrites writes = new LocalWrites(100_000);

	@Test
	void forgetsWhatWasWrittenTheLongestAgo() {
		for (int i = 0; i < 1_000; i++) {
			write("key-" + i);
		}

		assertThat(this.writes.of("key-999")).isNotNull();
		assertThat(this.writes.of("key-0")).isNull();
		assertThat(this.writes.of("key-500")).isNull();
	}

	@Test
	void keepsAKeyThatIsWrittenAgain() {
		write("hot");
		for (int i = 0; i < 1_000; i++) {
			write("key-" + i);
			write("hot");
		}

		assertThat(this.writes.of("hot")).isNotNull();
	}

	@Test
	void countsWhatItForgets() {
		for (int i = 0; i < 10_000; i++) {
			write("key");
			this.writes.forget("key");
		}
		write("other");

		assertThat(this.writes.of("key")).isNull();
		assertThat(this.writes.of("other")).isNotNull();
	}

	@Test
	void doesNotLearnFromAnAnswerOlderThanAWrite() {
		write("key");
		KeyHistory before = Objects.requireNonNull(this.writes.of("key"));
		write("key");
		KeyHistory after = this.writes.of("key");

		this.writes.seen("key", before, before.staleAt(LocationRole.SECONDARY));

		assertThat(this.writes.of("key")).isSameAs(after);
	}

	@Test
	void countsTheKeysThatOnlyOneLocationKnows() {
		write("a/1");
		write("a/2");
		write("b/1");
		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(3);
		assertThat(this.writes.mayLack("a/", LocationRole.SECONDARY)).isTrue();
		assertThat(this.writes.mayLack("c/", LocationRole.SECONDARY)).isFalse();
		assertThat(this.writes.mayLack("a/", LocationRole.PRIMARY)).isFalse();

		show("b/1");
		this.writes.forget("a/1");

		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(1);
		assertThat(this.writes.aloneAt(LocationRole.SECONDARY)).isZero();
		assertThat(this.writes.mayLack("b/", LocationRole.SECONDARY)).isFalse();
		assertThat(this.writes.mayLack("", LocationRole.SECONDARY)).isTrue();
	}

	@Test
	void tellsThatEitherLocationMayLackWhatNobodyKnowsToBeTheLastWrite() {
		write("a/1");
		this.writes.written("a/1", (history) -> history.acknowledged(new OwnWrite(Kind.PUT, LocationRole.SECONDARY,
				ObjectIdentity.of("w", "f"), new Span(System.nanoTime(), System.nanoTime(), null))));
		assertThat(this.writes.mayLack("a/", LocationRole.SECONDARY)).isFalse();

		this.writes.changed("a/1", (history) -> history.possiblyWithout(ObjectIdentity.of("w", null)));

		assertThat(this.writes.mayLack("a/", LocationRole.SECONDARY)).isTrue();
		assertThat(this.writes.mayLack("a/", LocationRole.PRIMARY)).isTrue();
		assertThat(this.writes.mayLack("b/", LocationRole.PRIMARY)).isFalse();
	}

	@Test
	void takesALackForADeletionOnlyWhereTheObjectHadArrived() {
		Sighting lack = Sighting.absent(null);
		KeyHistory lagging = KeyHistory.EMPTY.acknowledged(write(Kind.PUT, "v", 1))
			.acknowledged(write(Kind.DELETE, "marker", 3));
		KeyHistory arrived = KeyHistory.EMPTY.acknowledged(write(Kind.PUT, "v", 1))
			.shown(LocationRole.SECONDARY, new Sighting(true, ObjectIdentity.of("v", "e"), null, null), 2)
			.acknowledged(write(Kind.DELETE, "marker", 3));

		assertThat(lagging.shown(LocationRole.SECONDARY, lack, 4).knows(LocationRole.SECONDARY)).isFalse();
		assertThat(lagging.shown(LocationRole.SECONDARY, Sighting.absent("marker"), 4).knows(LocationRole.SECONDARY))
			.isTrue();
		assertThat(arrived.shown(LocationRole.SECONDARY, lack, 4).knows(LocationRole.SECONDARY)).isTrue();
	}

	private static OwnWrite write(Kind kind, String version, long time) {
		return new OwnWrite(kind, LocationRole.PRIMARY, ObjectIdentity.of(version, "e"), new Span(time, time, null));
	}

	private void show(String key) {
		KeyHistory before = Objects.requireNonNull(this.writes.of(key));
		this.writes.seen(key, before, before.shown(LocationRole.SECONDARY,
				new Sighting(true, ObjectIdentity.of("v", "e"), null, null), System.nanoTime()));
	}

	private void write(String key) {
		OwnWrite write = new OwnWrite(Kind.PUT, LocationRole.PRIMARY, ObjectIdentity.of("v", "e"),
				new Span(System.nanoTime(), System.nanoTime(), null));
		this.writes.written(key, (history) -> history.acknowledged(write));
	}

}
