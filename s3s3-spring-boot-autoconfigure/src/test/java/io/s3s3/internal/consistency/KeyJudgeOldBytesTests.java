package io.s3s3.internal.consistency;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer is worth that shows what an older write of this process left.
 */
class KeyJudgeOldBytesTests extends Histories {

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

}
