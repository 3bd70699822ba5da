package io.s3s3.internal.consistency;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer is worth after a later state than the last write of this process was
 * seen, or may have come about.
 */
class KeyJudgeLaterStateTests extends Histories {

	@Test
	void lookedAtWhatTheWriterShowsOfOthersIsTheirLaterWrite() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2));
		Sighting foreign = seen("v9", "z", 1);

		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, foreign)).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history.shown(LocationRole.PRIMARY, foreign, 3)).judge(LocationRole.SECONDARY, foreign))
			.isEqualTo(Verdict.CURRENT);
	}

	@Test
	void doesNotCallDeletedWhatAWriteMayHavePutBack() {
		KeyHistory history = history(delete(LocationRole.PRIMARY, "m1", 1, 2))
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.PRIMARY, 3));

		assertThat(history.isDeleted()).isFalse();
	}

	@Test
	void isNotSureOfTheLastWriteOnceALaterOneWasSeen() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2))
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.PRIMARY, 3))
			.shown(LocationRole.PRIMARY, seen("v2", "b", 3), 5);

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v2", "b", 3))).isEqualTo(Verdict.CURRENT);
		assertThat(history.version()).isEqualTo("v2");
	}

	@Test
	void isNotSureOfTheBytesOfTheLastWriteThatComeBackAfterALaterOneWasSeen() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2))
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.PRIMARY, 3))
			.shown(LocationRole.PRIMARY, seen("v2", "b", 3), 5);

		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v3", "a", 9))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v2", "b", 3))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void isNotSureOfTheLastWriteWhereItWasTakenOnceALaterOneWasSeenElsewhere() {
		KeyHistory history = history(put(LocationRole.SECONDARY, "v1", "a", 1, 2))
			.shown(LocationRole.PRIMARY, seen("v1", "a", 2), 3)
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.PRIMARY, 4))
			.shown(LocationRole.PRIMARY, seen("v2", "b", 4), 6);

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v2", "b", 4))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void isNotSureThatTheLastWriteIsGoneWhereItWasTakenOnceALaterOneWasSeenElsewhere() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2))
			.shown(LocationRole.SECONDARY, seen("v1", "a", 2), 3)
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.SECONDARY, 4))
			.shown(LocationRole.SECONDARY, seen("v2", "b", 4), 6);

		assertThat(history.isAloneAt(LocationRole.SECONDARY)).isTrue();
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, Sighting.absent(null)))
			.isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, Sighting.absent("m"))).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void isNotSureOfALastWriteThatComesLateFromElsewhereOnceALaterOneWasSeen() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 4),
				put(LocationRole.SECONDARY, "v2", "b", 2, 5))
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.PRIMARY, 6))
			.shown(LocationRole.PRIMARY, seen("v3", "c", 6), 8);

		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v2", "b", 5))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v1", "a", 4))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v3", "c", 6))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void isNotSureOfTheLastWriteThatComesLateWhereALaterOneWasSeen() {
		KeyHistory history = history(put(LocationRole.SECONDARY, "v1", "a", 1, 2))
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.PRIMARY, 3))
			.shown(LocationRole.SECONDARY, seen("v2", "b", 3), 5)
			.shown(LocationRole.PRIMARY, seen("v2", "b", 3), 6);

		assertThat(history.knows(LocationRole.PRIMARY)).isTrue();
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v1", "a", 2))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void takesALaterStateForUndoneOnceTheWriterShowsTheLastWriteAgain() {
		KeyHistory deleted = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2))
			.shown(LocationRole.PRIMARY, Sighting.absent("m"), 3)
			.shown(LocationRole.SECONDARY, Sighting.absent("m"), 3);
		Sighting own = seen("v1", "a", 2);
		assertThat(new KeyJudge(deleted).judge(LocationRole.SECONDARY, own)).isEqualTo(Verdict.UNPROVEN);

		KeyHistory undone = deleted.shown(LocationRole.PRIMARY, own, 4);

		assertThat(new KeyJudge(undone).judge(LocationRole.SECONDARY, own)).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(undone).judge(LocationRole.SECONDARY, Sighting.absent("m"))).isEqualTo(Verdict.STALE);
		assertThat(undone.isAloneAt(LocationRole.PRIMARY)).isTrue();
	}

	@Test
	void keepsALaterStateThatOneLocationHasShownWhileTheOtherShowsTheLastWrite() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.SECONDARY, "v2", "b", 3, 4))
			.shown(LocationRole.PRIMARY, seen("v2", "b", 4), 5)
			.shown(LocationRole.PRIMARY, seen("v3", "c", 6), 7);

		KeyHistory after = history.shown(LocationRole.SECONDARY, seen("v2", "b", 4), 8);

		assertThat(after.latest()).isEqualTo(history.latest());
		assertThat(new KeyJudge(after).judge(LocationRole.PRIMARY, seen("v3", "c", 6))).isEqualTo(Verdict.CURRENT);
		assertThat(after.isAloneAt(LocationRole.SECONDARY)).isFalse();
	}

	@Test
	void doesNotTakeAnOldVersionForSomebodyElsesByItsETagAlone() {
		KeyHistory versions = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.PRIMARY, "v2", "b", 3, 4));
		KeyHistory unversioned = history(put(LocationRole.PRIMARY, null, "a", 1, 2),
				put(LocationRole.PRIMARY, null, "b", 3, 4));

		assertThat(versions.shown(LocationRole.PRIMARY, Sighting.unchanged("a"), 5)).isSameAs(versions);
		assertThat(versions.shown(LocationRole.PRIMARY, Sighting.unchanged("c"), 5)).isNotSameAs(versions);
		assertThat(unversioned.shown(LocationRole.PRIMARY, Sighting.unchanged("a"), 5)).isNotSameAs(unversioned);
	}

	@Test
	void isChangedByWhatOthersWroteSinceAReadBegan() {
		KeyHistory began = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2));
		KeyHistory seen = began.shown(LocationRole.PRIMARY, seen("v2", "b", 3), 4);

		assertThat(seen.hasChangedSince(began)).isTrue();
		assertThat(seen.hasChangedSince(seen)).isFalse();
		assertThat(seen.shown(LocationRole.SECONDARY, seen("v2", "b", 3), 5).hasChangedSince(seen)).isFalse();
		assertThat(began.acknowledged(put(LocationRole.PRIMARY, "v3", "c", 6, 7)).hasChangedSince(began)).isTrue();
	}

	@Test
	void isNotSureWhatARefusalTellsWhereAnOlderWriteMayHaveComeLate() {
		KeyHistory once = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2)).shown(LocationRole.SECONDARY,
				seen("v1", "a", 2), 3);
		KeyHistory twice = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.PRIMARY, "v2", "b", 3, 4))
			.shown(LocationRole.SECONDARY, seen("v2", "b", 4), 5);
		KeyHistory moved = history(put(LocationRole.SECONDARY, "v1", "a", 1, 2),
				put(LocationRole.PRIMARY, "v2", "b", 3, 4));

		assertThat(new KeyJudge(once).judgeRefusal(LocationRole.SECONDARY)).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(twice).judgeRefusal(LocationRole.SECONDARY)).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(twice).judgeRefusal(LocationRole.PRIMARY)).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(moved).judgeRefusal(LocationRole.PRIMARY)).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(moved).judgeRefusal(LocationRole.SECONDARY)).isEqualTo(Verdict.STALE);
	}

	@Test
	void asksForNoVersionOnceALaterStateWasSeenWithoutOne() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2));

		assertThat(history.shown(LocationRole.PRIMARY, Sighting.unchanged("b"), 3).version()).isNull();
		assertThat(history.shown(LocationRole.PRIMARY, Sighting.absent(null), 3).version()).isNull();
		assertThat(history.shown(LocationRole.PRIMARY, seen("v2", "b", 3), 3).version()).isEqualTo("v2");
	}

}
