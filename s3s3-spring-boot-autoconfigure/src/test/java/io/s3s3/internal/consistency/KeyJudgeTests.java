package io.s3s3.internal.consistency;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer is worth in the light of own writes.
 */
class KeyJudgeTests extends Histories {

	@Test
	void takesWhatItWroteFromWhoeverShowsIt() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v1", "a", 2))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void takesTheSameBytesForTheSameObjectWhereNoVersionsAreKept() {
		KeyHistory history = history(put(LocationRole.PRIMARY, null, "a", 1, 2));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("other", "a", 2)))
			.isEqualTo(Verdict.CURRENT);
	}

	@Test
	void refusesWhatALaterWriteHasReplaced() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.PRIMARY, "v2", "b", 3, 4));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen(null, "a", 2))).isEqualTo(Verdict.STALE);
	}

	@Test
	void takesWhatEitherOfTwoWritesLeftThatOverlapped() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 4),
				put(LocationRole.SECONDARY, "v2", "b", 2, 5));

		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("v2", "b", 5))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 4))).isEqualTo(Verdict.CURRENT);
		assertThat(history.writer()).isNull();
	}

	@Test
	void refusesThatNothingIsThereButFromTheWriter() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, Sighting.absent(null))).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, Sighting.absent(null))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void takesAnAbsenceFromALocationThatHasShownTheWrite() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2)).shown(LocationRole.SECONDARY,
				seen("v1", "a", 2), 3);

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, Sighting.absent(null)))
			.isEqualTo(Verdict.CURRENT);
	}

	@Test
	void provesByTimeOnlyThatAnotherWriteIsOlder() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 100, 101));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v9", "z", 90))).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v9", "z", 99)))
			.isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v9", "z", 200)))
			.isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void provesNothingByClocksThatAreApart() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 100, 101));
		Sighting skewed = new Sighting(true, ObjectIdentity.of("v9", "z"), at(90), time(120, 101));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, skewed)).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void provesNothingByTheTimeOfAnObjectThatCameInParts() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 100, 101));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v9", "z-3", 90)))
			.isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void provesNothingWithoutADate() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 100, 101));
		Sighting undated = new Sighting(true, ObjectIdentity.of("v9", "z"), at(1), null);

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, undated)).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void lookedForADeletedObjectNothingIsThere() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				delete(LocationRole.PRIMARY, "m1", 3, 4));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, Sighting.absent(null)))
			.isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.STALE);
		assertThat(history.isDeleted()).isTrue();
	}

	@Test
	void takesEitherOutcomeOfADeletionThatWasNotAnswered() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2)).possible(
				new OwnWrite(Kind.MAYBE_DELETE, LocationRole.PRIMARY, ObjectIdentity.UNKNOWN, new Span(3, 4, null)));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, Sighting.absent(null)))
			.isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.CURRENT);
		assertThat(history.shown(LocationRole.SECONDARY, Sighting.absent(null), 5).knows(LocationRole.SECONDARY))
			.isFalse();
	}

	@Test
	void aWriteThatWasNotAnsweredSupersedesNothing() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2))
			.possible(new OwnWrite(Kind.MAYBE_PUT, LocationRole.PRIMARY, ObjectIdentity.UNKNOWN, new Span(3, 4, null)));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, Sighting.absent(null))).isEqualTo(Verdict.STALE);
	}

	@Test
	void forgetsWhatItKnewOfAVersionThatWasDeleted() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.PRIMARY, "v2", "b", 3, 4))
			.without(ObjectIdentity.of("v2", null));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void tellsOldWritesFromThoseOfOthersThoughThereWereMany() {
		KeyHistory history = KeyHistory.EMPTY;
		for (int i = 0; i < 60; i += 2) {
			history = history.acknowledged(put(LocationRole.PRIMARY, "v" + i, "e" + i, i, i + 1));
		}

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v0", "e0", 1))).isEqualTo(Verdict.STALE);
	}

	@Test
	void knowsNothingForSureWhenTooManyWritesOverlap() {
		KeyHistory history = KeyHistory.EMPTY;
		for (int i = 0; i < 20; i++) {
			history = history.acknowledged(put(LocationRole.PRIMARY, "v" + i, "e" + i, 1, 100));
		}

		assertThat(history.latest()).hasSizeLessThan(10);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v0", "e0", 1)))
			.isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void remembersWhatWasAnsweredThoughManyLaterWritesWereNot() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.PRIMARY, "v2", "b", 3, 4));
		for (int i = 5; i < 50; i++) {
			history = history.possible(maybe(Kind.MAYBE_PUT, LocationRole.SECONDARY, i))
				.possible(maybe(Kind.MAYBE_DELETE, LocationRole.PRIMARY, i));
		}

		assertThat(history.latest()).hasSizeLessThan(10);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.STALE);
	}

}
