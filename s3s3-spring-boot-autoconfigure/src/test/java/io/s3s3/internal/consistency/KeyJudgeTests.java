package io.s3s3.internal.consistency;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer is worth in the light of own writes. One unit of real time is a second,
 * as on the servers' clocks.
 */
class KeyJudgeTests {

	private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

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
	void lookedAtWhatTheWriterShowsOfOthersIsTheirLaterWrite() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2));
		Sighting foreign = seen("v9", "z", 1);

		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, foreign)).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history.shown(LocationRole.PRIMARY, foreign, 3)).judge(LocationRole.SECONDARY, foreign))
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
	void knowsWhenAnOlderWriteHasBuriedTheLastAtItsWriter() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.SECONDARY, "v2", "b", 3, 4));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen(null, "a", 2))).isEqualTo(Verdict.BURIED);
		assertThat(history.version()).isEqualTo("v2");
	}

	@Test
	void takesTheBytesOfAnOldWriteForSomebodyElsesWhereItCannotHaveComeBack() {
		KeyHistory history = history(put(LocationRole.PRIMARY, null, "empty", 1, 2),
				deletion(LocationRole.PRIMARY, 3, 4));

		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen(null, "empty", 5)))
			.isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("theirs", "empty", 5)))
			.isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judgeCopy(LocationRole.PRIMARY, ObjectIdentity.of(null, "empty")))
			.isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(history).judgeCopy(LocationRole.SECONDARY, ObjectIdentity.of(null, "empty")))
			.isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen(null, "empty", 5)))
			.isEqualTo(Verdict.STALE);
	}

	@Test
	void isNotSureOfBytesThatAnOldWriteHadTooButForTheirVersion() {
		KeyHistory named = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.PRIMARY, "v2", "a", 3, 4));
		KeyHistory moved = history(put(LocationRole.PRIMARY, null, "a", 1, 2),
				put(LocationRole.SECONDARY, null, "a", 3, 4));

		assertThat(new KeyJudge(named).judge(LocationRole.SECONDARY, seen("v1", "a", 2))).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(named).judge(LocationRole.PRIMARY, seen("v1", "a", 2))).isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(named).judge(LocationRole.PRIMARY, seen(null, "a", 2))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(moved).judge(LocationRole.PRIMARY, seen(null, "a", 2))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(moved).judge(LocationRole.SECONDARY, seen(null, "a", 2))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(moved).judgeCopy(LocationRole.PRIMARY, ObjectIdentity.of(null, "\"a\"")))
			.isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void takesTheBytesOfAnOldWriteForItsOwnWhereItsVersionIsNotKnown() {
		KeyHistory named = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				delete(LocationRole.SECONDARY, "m1", 5, 6));
		KeyHistory copied = history(put(LocationRole.PRIMARY, null, "a", 1, 2),
				delete(LocationRole.SECONDARY, "m1", 5, 6));

		assertThat(new KeyJudge(named).judge(LocationRole.SECONDARY, seen("v9", "a", 7))).isEqualTo(Verdict.CURRENT);
		assertThat(new KeyJudge(copied).judge(LocationRole.SECONDARY, seen("v9", "a", 2))).isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(copied).judge(LocationRole.SECONDARY, seen("v9", "a", 90))).isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(copied).judgeCopy(LocationRole.SECONDARY, ObjectIdentity.of("v9", "a")))
			.isEqualTo(Verdict.BURIED);
	}

	@Test
	void takesTheBytesOfAnOldWriteForItsOwnWhereOneWasNotAnswered() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2))
			.possible(new OwnWrite(Kind.MAYBE_PUT, LocationRole.PRIMARY, ObjectIdentity.UNKNOWN, span(3, 4)))
			.acknowledged(put(LocationRole.PRIMARY, "v2", "b", 5, 6));

		assertThat(new KeyJudge(history).judge(LocationRole.PRIMARY, seen("late", "a", 7))).isEqualTo(Verdict.BURIED);
	}

	@Test
	void knowsWhenAnOlderDeletionHasBuriedTheLastWrite() {
		KeyHistory history = history(delete(LocationRole.PRIMARY, "m1", 1, 2),
				put(LocationRole.SECONDARY, "v2", "b", 3, 4));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, Sighting.absent("m1")))
			.isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, Sighting.absent(null)))
			.isEqualTo(Verdict.UNPROVEN);
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
			.without("v2");

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

	@Test
	void refusesOldBytesWithoutAVersionUnlessTheyWereStoredAgain() {
		KeyHistory stayed = history(put(LocationRole.PRIMARY, null, "a", 1, 2),
				put(LocationRole.PRIMARY, null, "b", 3, 4));
		KeyHistory moved = history(put(LocationRole.PRIMARY, null, "a", 1, 2),
				put(LocationRole.SECONDARY, null, "b", 3, 4));

		assertThat(new KeyJudge(stayed).judge(LocationRole.SECONDARY, seen(null, "a", 2))).isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(stayed).judge(LocationRole.SECONDARY, seen(null, "a", 9))).isEqualTo(Verdict.UNPROVEN);
		assertThat(new KeyJudge(moved).judge(LocationRole.SECONDARY, seen(null, "a", 2))).isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(moved).judge(LocationRole.SECONDARY, seen(null, "a", 9))).isEqualTo(Verdict.BURIED);
	}

	@Test
	void refusesOldBytesThatMayBeALateExecution() {
		KeyHistory history = history(put(LocationRole.PRIMARY, null, "a", 1, 2))
			.possible(maybe(Kind.MAYBE_PUT, LocationRole.SECONDARY, 3))
			.acknowledged(put(LocationRole.SECONDARY, null, "b", 5, 6));

		assertThat(new KeyJudge(history).judge(LocationRole.SECONDARY, seen(null, "a", 90))).isEqualTo(Verdict.BURIED);
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

	@Test
	void knowsWhenAnOldStateWasCopied() {
		KeyHistory history = history(put(LocationRole.PRIMARY, "v1", "a", 1, 2),
				put(LocationRole.SECONDARY, "v2", "b", 3, 4));

		assertThat(new KeyJudge(history).judgeCopy(LocationRole.SECONDARY, ObjectIdentity.of("v1", "a")))
			.isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(history).judgeCopy(LocationRole.SECONDARY, ObjectIdentity.of(null, "a")))
			.isEqualTo(Verdict.BURIED);
		assertThat(new KeyJudge(history).judgeCopy(LocationRole.PRIMARY, ObjectIdentity.of("v1", "a")))
			.isEqualTo(Verdict.STALE);
		assertThat(new KeyJudge(history).judgeCopy(LocationRole.SECONDARY, ObjectIdentity.of("v2", "other")))
			.isEqualTo(Verdict.CURRENT);
	}

	private static OwnWrite maybe(Kind kind, LocationRole at, int began) {
		return new OwnWrite(kind, at, ObjectIdentity.UNKNOWN,
				new Span(began * 1_000_000_000L, (began + 1) * 1_000_000_000L, null));
	}

	private static KeyHistory history(OwnWrite... writes) {
		KeyHistory history = KeyHistory.EMPTY;
		for (OwnWrite write : writes) {
			history = history.acknowledged(write);
		}
		return history;
	}

	private static OwnWrite put(LocationRole at, @Nullable String version, String eTag, int began, int ended) {
		return new OwnWrite(Kind.PUT, at, ObjectIdentity.of(version, '"' + eTag + '"'), span(began, ended));
	}

	private static OwnWrite delete(LocationRole at, String marker, int began, int ended) {
		return new OwnWrite(Kind.DELETE, at, ObjectIdentity.of(marker, null), span(began, ended));
	}

	private static OwnWrite deletion(LocationRole at, int began, int ended) {
		return new OwnWrite(Kind.DELETE, at, ObjectIdentity.UNKNOWN, span(began, ended));
	}

	private static Span span(int began, int ended) {
		return new Span(began * 1_000_000_000L, ended * 1_000_000_000L, time(ended, ended));
	}

	private static Sighting seen(@Nullable String version, String eTag, int written) {
		return new Sighting(true, ObjectIdentity.of(version, eTag), at(written), time(500, 500));
	}

	private static ServerTime time(int date, int heard) {
		return new ServerTime(DateTimeFormatter.RFC_1123_DATE_TIME.format(at(date).atOffset(ZoneOffset.UTC)),
				at(heard).toEpochMilli());
	}

	private static Instant at(int second) {
		return EPOCH.plusSeconds(second);
	}

}
