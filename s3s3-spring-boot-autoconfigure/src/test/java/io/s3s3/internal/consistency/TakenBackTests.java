package io.s3s3.internal.consistency;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of a key after versions of it were deleted for good.
 */
class TakenBackTests extends Histories {

	private static final LocationRole HERE = LocationRole.PRIMARY;

	private static final LocationRole THERE = LocationRole.SECONDARY;

	private final KeyHistory three = history(put(HERE, "v1", "a", 1, 2), put(HERE, "v2", "b", 3, 4),
			put(HERE, "v3", "c", 5, 6));

	@Test
	void goesBackToWhatTheVersionHadReplaced() {
		KeyHistory back = this.three.without(version("v3"));

		assertThat(judge(back, HERE, "v2", "b")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(back, THERE, "v1", "a")).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(back).judge(THERE, Sighting.absent(null))).isEqualTo(Verdict.STALE);
		assertThat(back.writer()).isEqualTo(HERE);
		assertThat(back.version()).isEqualTo("v2");
	}

	@Test
	void doesNotTellWhetherAVersionThatWasDeletedGoesElsewhereToo() {
		KeyHistory back = this.three.without(version("v3"));

		assertThat(judge(back, THERE, "v3", "c")).isEqualTo(Verdict.UNPROVEN);
		assertThat(judge(back, THERE, null, "c")).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void refusesAVersionThatWasDeletedOnceThereIsALaterWrite() {
		KeyHistory later = this.three.without(version("v3")).acknowledged(put(HERE, "v4", "d", 7, 8));

		assertThat(judge(later, THERE, "v3", "c")).isEqualTo(Verdict.STALE);
		assertThat(judge(later, THERE, null, "c")).isEqualTo(Verdict.STALE);
		assertThat(judge(later, THERE, "v2", "b")).isEqualTo(Verdict.STALE);
	}

	@Test
	void bringsBackWhatWasDeletedIfTheMarkerIsDeleted() {
		KeyHistory deleted = history(put(HERE, "v1", "a", 1, 2), delete(HERE, "m", 3, 4));
		KeyHistory back = deleted.without(version("m"));

		assertThat(back.isDeleted()).isFalse();
		assertThat(judge(back, HERE, "v1", "a")).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(back).judge(THERE, Sighting.absent("m"))).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void takesAnAbsenceForNobodyElsesWhoseMarkerIsNotTold() {
		KeyHistory deleted = history(put(THERE, "v1", "a", 1, 2), delete(HERE, "m", 3, 4));
		KeyHistory back = deleted.without(version("m"));

		assertThat(new KeyJudge(back).judge(THERE, Sighting.absent(null))).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void forgetsOnlyAVersionThatIsOlderThanTheLast() {
		KeyHistory later = this.three.without(version("v2"));

		assertThat(judge(later, HERE, "v3", "c")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(later, THERE, "v2", "b")).isEqualTo(Verdict.STALE);
		assertThat(judge(later.without(version("v3")), THERE, "v2", "b")).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void doesNotTellWhatIsBackAfterMoreVersionsThanItRemembers() {
		KeyHistory unknown = this.three.without(version("v3")).without(version("v2"));

		assertThat(judge(unknown, HERE, "v1", "a")).isEqualTo(Verdict.UNPROVEN);
		assertThat(judge(unknown, THERE, "other", "x")).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(unknown).judgeRefusal(THERE)).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(unknown).judge(THERE, Sighting.absent(null))).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void keepsWhatOverlappedTheVersion() {
		KeyHistory overlapping = history(put(HERE, "v1", "a", 1, 2), put(HERE, "v2", "b", 3, 6),
				put(THERE, "v3", "c", 4, 7));

		KeyHistory left = overlapping.without(version("v3"));

		assertThat(judge(left, HERE, "v2", "b")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(left, THERE, "v1", "a")).isEqualTo(Verdict.STALE);
		assertThat(left.writer()).isEqualTo(HERE);
	}

	@Test
	void takesEitherIfNobodyKnowsWhetherTheVersionIsGone() {
		KeyHistory either = this.three.possiblyWithout(version("v3"));

		assertThat(judge(either, HERE, "v3", "c")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(either, HERE, "v2", "b")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(either, THERE, "v1", "a")).isEqualTo(Verdict.STALE);
		assertThat(judge(either.possiblyWithout(version("v3")), THERE, "v1", "a")).isEqualTo(Verdict.STALE);
	}

	@Test
	void takesNoAbsenceFromWhereTheVersionMayBeGoneAndTheOneBeforeItNeverWas() {
		KeyHistory moved = history(put(HERE, "v1", "a", 1, 2), put(THERE, "v2", "b", 3, 4));

		KeyHistory either = moved.possiblyWithout(version("v2"));

		assertThat(new KeyJudge(either).judge(THERE, Sighting.absent(null))).isEqualTo(Verdict.STALE);
		assertThat(judge(either, THERE, "v2", "b")).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void remembersWhatWasNotAnsweredOnceOnly() {
		KeyHistory maybe = KeyHistory.EMPTY.acknowledged(put(HERE, "v1", "a", 1, 2))
			.possible(maybe(Kind.MAYBE_PUT, HERE, 3))
			.acknowledged(put(HERE, "v2", "b", 5, 6))
			.possible(maybe(Kind.MAYBE_PUT, HERE, 7));

		assertThat(maybe.without(version("v2")).latest()).hasSize(3);
	}

	@Test
	void remembersTheWriteThatStandsHoweverManyVersionsAreDeleted() {
		KeyHistory history = history(put(HERE, "v1", "a", 1, 2));
		for (int i = 2; i < 30; i++) {
			history = history.acknowledged(put(HERE, "v" + i, "e" + i, 2 * i, 2 * i + 1)).without(version("v" + i));
		}

		assertThat(judge(history, HERE, "v1", "a")).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(THERE, Sighting.absent(null))).isEqualTo(Verdict.STALE);
		assertThat(judge(history, THERE, "v2", "e2")).isNotEqualTo(Verdict.CURRENT);
	}

	@Test
	void staysWithWhatSomebodyElseWroteLater() {
		KeyHistory seen = history(put(THERE, "v1", "a", 1, 2), put(HERE, "v2", "b", 3, 4)).shown(HERE,
				seen("f", "f", 5), 5);

		KeyHistory cleaned = seen.without(version("v2"));

		assertThat(judge(cleaned, HERE, "f", "f")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(cleaned, THERE, "v1", "a")).isEqualTo(Verdict.STALE);
		assertThat(cleaned.isSource(HERE)).isTrue();
		assertThat(cleaned.isSource(THERE)).isFalse();
	}

	@Test
	void goesByTheVersionWhereTheETagIsThatOfAnotherOne() {
		KeyHistory same = history(put(HERE, "v1", "e", 1, 2), put(HERE, "v2", "x", 3, 4), put(HERE, "v3", "e", 5, 6))
			.without(version("v3"));
		KeyHistory metadata = history(put(HERE, "v1", "e", 1, 2), put(HERE, "v2", "e", 3, 4)).without(version("v2"));

		assertThat(judge(same, THERE, "v1", "e")).isEqualTo(Verdict.STALE);
		assertThat(judge(metadata, THERE, "v2", "e")).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void doesNotTellWhatIsBackIfAVersionIsDeletedThatMayBeTheLast() {
		KeyHistory unnamed = history(put(HERE, "v1", "a", 1, 2), put(HERE, null, "b", 3, 4));

		assertThat(judge(unnamed.without(version("v2")), HERE, "v1", "a")).isEqualTo(Verdict.UNPROVEN);
		assertThat(judge(unnamed.without(version("null")), HERE, "v1", "a")).isEqualTo(Verdict.UNPROVEN);
		assertThat(judge(unnamed.without(version("v1")), HERE, "v1", "a")).isEqualTo(Verdict.BURIED);
	}

	@Test
	void tellsWhereAVersionIsThatTheLastOneHasReplaced() {
		KeyHistory moved = history(put(THERE, "v1", "a", 1, 2), put(HERE, "v2", "b", 3, 4));

		assertThat(moved.writerOf("v1")).isEqualTo(THERE);
	}

	@Test
	void doesNotTakeALateExecutionOfAWriteThatWasDeletedForSomebodyElses() {
		KeyHistory abandoned = history(put(HERE, "v1", "a", 1, 2)).possible(maybe(Kind.MAYBE_PUT, HERE, 3))
			.acknowledged(put(THERE, "v2", "b", 4, 5))
			.without(version("v2"));
		KeyHistory answered = history(put(HERE, "v1", "a", 1, 2), put(THERE, "v2", "b", 4, 5)).without(version("v2"));

		assertThat(judge(abandoned, HERE, "v3", "b")).isEqualTo(Verdict.UNPROVEN);
		assertThat(judge(abandoned, HERE, "v4", "x")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(answered, HERE, "v3", "b")).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void takesNoVersionThatWasReplacedForALateExecution() {
		KeyHistory back = history(put(HERE, "v1", "x", 1, 2)).possible(maybe(Kind.MAYBE_PUT, HERE, 3))
			.acknowledged(put(HERE, "v2", "y", 5, 6))
			.acknowledged(put(HERE, "v3", "x", 7, 8))
			.without(version("v3"));

		assertThat(judge(back, THERE, "v1", "x")).isEqualTo(Verdict.STALE);
		assertThat(judge(back, HERE, "v1", "x")).isEqualTo(Verdict.BURIED);
		assertThat(judge(back, HERE, "v9", "x")).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void goesBackToAWriteWhoseVersionIsNotKnownWithoutADoubt() {
		KeyHistory unnamed = history(put(HERE, "v1", "a", 1, 2), put(HERE, null, "b", 3, 4),
				put(HERE, "v3", "c", 5, 6));

		KeyHistory back = unnamed.without(version("v3"));

		assertThat(judge(back, HERE, "v2", "b")).isEqualTo(Verdict.CURRENT);
		assertThat(judge(back, HERE, "v1", "a")).isEqualTo(Verdict.BURIED);
		assertThat(judge(back, THERE, "v1", "a")).isEqualTo(Verdict.STALE);
	}

	@Test
	void takesAnAbsenceFromTheWriterOfTheOnlyVersionThatMayBeGone() {
		KeyHistory first = KeyHistory.EMPTY.possible(maybe(Kind.MAYBE_PUT, HERE, 1))
			.acknowledged(put(HERE, "v1", "a", 3, 4));

		KeyHistory either = first.possiblyWithout(version("v1"));

		assertThat(new KeyJudge(either).judge(HERE, Sighting.absent(null))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(either).judge(THERE, Sighting.absent(null))).isEqualTo(Verdict.STALE);
	}

	@Test
	void doesNotCopyWhatIsOlderThanASightingThatStands() {
		KeyHistory seen = this.three.shown(HERE, seen("v9", "x", 7), 8).without(version("v3"));

		assertThat(new KeyJudge(seen).judgeCopy(HERE, ObjectIdentity.of("v2", "\"b\""))).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(seen).judgeCopy(HERE, ObjectIdentity.of("v9", "\"x\""))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void doesNotTakeAnAbsenceForAllWhereAnOlderWriteMayBeBackElsewhere() {
		KeyHistory moved = history(put(THERE, "v1", "a", 1, 2), put(HERE, "v2", "b", 3, 4), put(HERE, "v3", "c", 5, 6))
			.without(version("v3"));
		KeyHistory unknown = moved.possiblyWithout(version("v2"));

		assertThat(new KeyJudge(moved).judge(HERE, Sighting.absent(null))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(unknown).judge(HERE, Sighting.absent(null))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(unknown).judge(HERE, Sighting.absent("m9"))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void takesADenialForNoneWhereOneOfTheLastWritesNeverWas() {
		KeyHistory either = history(put(THERE, "v1", "a", 1, 2), put(HERE, "v2", "b", 3, 4))
			.possiblyWithout(version("v2"));

		assertThat(new KeyJudge(either).judgeDenial(HERE, true)).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(either).judgeDenial(HERE, false)).isNotEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(this.three).judgeDenial(HERE, true)).isNotEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(this.three.staleAt(HERE)).judgeDenial(HERE, true)).isNotEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(either).judge(HERE, Sighting.absent("m9"))).isEqualTo(Verdict.UNPROVEN);
		assertThat(either.isUncertain()).isTrue();
	}

	@Test
	void holdsAKeyNoLongerThanBefore() {
		assertThat(this.three.without(version("v3")).since()).isEqualTo(this.three.since());
		assertThat(this.three.possiblyWithout(version("v3")).since()).isEqualTo(this.three.since());
	}

	private static ObjectIdentity version(String id) {
		return ObjectIdentity.of(id, null);
	}

	private static Verdict judge(KeyHistory history, LocationRole location, @Nullable String version, String eTag) {
		return new KeyJudge(history).judge(location, seen(version, eTag, 2));
	}

}
