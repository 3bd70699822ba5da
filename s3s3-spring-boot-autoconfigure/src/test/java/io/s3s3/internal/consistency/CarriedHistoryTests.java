package io.s3s3.internal.consistency;

import java.util.EnumSet;
import java.util.Set;

import io.s3s3.consistency.WriteToken;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What one process tells another of a key.
 */
class CarriedHistoryTests {

	private static final PairPlaces HERE = new PairPlaces(7, LocationRole.PRIMARY);

	private static final PairPlaces MIRRORED = new PairPlaces(7, LocationRole.SECONDARY);

	@Test
	void carriesWhatIsRemembered() {
		KeyHistory history = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1))
			.acknowledged(put(LocationRole.SECONDARY, "v2", "b", 3))
			.possible(new OwnWrite(Kind.MAYBE_DELETE, LocationRole.PRIMARY, ObjectIdentity.UNKNOWN, span(5)));

		KeyHistory told = KeyHistory.EMPTY.told(carried(history, HERE));

		assertThat(told.latest()).extracting(OwnWrite::kind).containsExactly(Kind.PUT, Kind.MAYBE_DELETE);
		assertThat(told.latest()).extracting(OwnWrite::identity)
			.containsExactly(ObjectIdentity.of("v2", "b"), ObjectIdentity.UNKNOWN);
		assertThat(told.writer()).isEqualTo(LocationRole.SECONDARY);
		assertThat(told.knowing()).isEqualTo(Set.of(LocationRole.SECONDARY));
		assertThat(told.doubts()).isEqualTo(EnumSet.of(Doubt.ABANDONED, Doubt.MOVED));
		assertThat(told.superseded().contains("v1")).isTrue();
		assertThat(told.superseded().contains("\"a\"")).isTrue();
	}

	@Test
	void namesTheLocationsAsTheOtherProcessDoes() {
		KeyHistory history = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1));

		assertThat(KeyHistory.EMPTY.told(carried(history, MIRRORED)).writer()).isEqualTo(LocationRole.SECONDARY);
	}

	@Test
	void takesEitherOfTwoWritesOfWhichNobodyKnowsTheOrder() {
		KeyHistory theirs = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1));
		KeyHistory own = KeyHistory.EMPTY.acknowledged(put(LocationRole.SECONDARY, "v2", "b", 1));

		KeyHistory told = own.told(carried(theirs, HERE));

		assertThat(told.latest()).hasSize(2);
		assertThat(told.writer()).isNull();
	}

	@Test
	void letsGoOfAnOwnWriteThatTheOtherProcessHasReplaced() {
		KeyHistory own = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1));
		KeyHistory theirs = KeyHistory.EMPTY.told(carried(own, HERE))
			.acknowledged(put(LocationRole.SECONDARY, "v2", "b", Long.MAX_VALUE / 2_000_000_000L));

		assertThat(own.told(carried(theirs, HERE)).latest()).extracting(OwnWrite::identity)
			.containsExactly(ObjectIdentity.of("v2", "b"));
	}

	@Test
	void goesBackToWhatAVersionHadReplacedThatTheOtherProcessHasDeleted() {
		KeyHistory own = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1))
			.acknowledged(put(LocationRole.PRIMARY, "v2", "b", 3));

		KeyHistory told = own.told(carried(own.without(ObjectIdentity.of("v2", null)), HERE));

		assertThat(told.latest()).extracting(OwnWrite::kind).containsExactlyInAnyOrder(Kind.PUT, Kind.TAKEN_BACK);
		assertThat(told.version()).isEqualTo("v1");
	}

	@Test
	void doesNotTakeBackWhatItHasReplacedItself() {
		KeyHistory theirs = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1));
		CarriedHistory token = carried(theirs, HERE);
		KeyHistory own = KeyHistory.EMPTY.told(token)
			.acknowledged(put(LocationRole.PRIMARY, "v2", "b", Long.MAX_VALUE / 2_000_000_000L));

		assertThat(own.told(token)).isSameAs(own);
		assertThat(own.told(carried(theirs, HERE)).latest()).hasSize(1);
	}

	@Test
	void takesWhatOneProcessTellsInItsOrder() {
		KeyHistory deleted = KeyHistory.EMPTY
			.acknowledged(new OwnWrite(Kind.DELETE, LocationRole.PRIMARY, ObjectIdentity.UNKNOWN, span(1)));
		CarriedHistory earlier = carried(deleted, HERE);
		CarriedHistory later = carried(deleted.acknowledged(put(LocationRole.SECONDARY, null, "a", 3)), HERE);

		KeyHistory told = KeyHistory.EMPTY.told(earlier).told(later);

		assertThat(told.latest()).extracting(OwnWrite::kind).containsExactly(Kind.PUT);
		assertThat(told.writer()).isEqualTo(LocationRole.SECONDARY);
		assertThat(told.told(earlier)).isSameAs(told);
	}

	@Test
	void carriesAWriteThatWasSeenBeforeItWasAcknowledged() {
		OwnWrite seen = new OwnWrite(Kind.SEEN_PUT, LocationRole.PRIMARY, ObjectIdentity.of("v1", "a"), span(2));
		KeyHistory history = KeyHistory.EMPTY.possible(seen).acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1));

		KeyHistory told = KeyHistory.EMPTY.told(carried(history, HERE));

		assertThat(told.latest()).extracting(OwnWrite::kind).containsExactly(Kind.SEEN_PUT, Kind.PUT);
	}

	@Test
	void learnsWhoseWriteItHasSeen() {
		KeyHistory earlier = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, null, "a", 1));
		KeyHistory later = earlier.acknowledged(put(LocationRole.PRIMARY, null, "b", 3));
		Sighting seen = new Sighting(true, ObjectIdentity.of(null, "b"), null, null);

		KeyHistory told = KeyHistory.EMPTY.told(carried(earlier, HERE))
			.shown(LocationRole.PRIMARY, seen, 4)
			.told(carried(later, HERE));

		assertThat(told.latest()).extracting(OwnWrite::kind).containsExactly(Kind.PUT);
		assertThat(new KeyJudge(told).judge(LocationRole.SECONDARY,
				new Sighting(true, ObjectIdentity.of(null, "a"), null, null)))
			.isEqualTo(Verdict.STALE);
	}

	@Test
	void takesNothingForLaterThanATokenThatItSawBefore() {
		KeyHistory earlier = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, null, "a", 1));
		KeyHistory later = earlier.acknowledged(put(LocationRole.PRIMARY, null, "b", 3))
			.acknowledged(put(LocationRole.PRIMARY, null, "c", 5));
		Sighting seen = new Sighting(true, ObjectIdentity.of(null, "b"), null, null);

		KeyHistory told = KeyHistory.EMPTY.told(carried(earlier, HERE)).shown(LocationRole.PRIMARY, seen, 4);

		assertThat(new KeyJudge(told).judge(LocationRole.SECONDARY, seen)).isEqualTo(Verdict.CURRENT);
		told = told.told(carried(later, HERE));
		assertThat(new KeyJudge(told).judge(LocationRole.SECONDARY, seen)).isEqualTo(Verdict.STALE);
		assertThat(told.knowing()).containsExactly(LocationRole.PRIMARY);
	}

	@Test
	void isBoundToItsPairAndItsKey() {
		KeyHistory history = KeyHistory.EMPTY.acknowledged(put(LocationRole.PRIMARY, "v1", "a", 1));
		WriteToken token = CarriedHistory.write(HERE, 1, "key", history);

		assertThat(CarriedHistory.read(HERE, token).isOf("key")).isTrue();
		assertThat(CarriedHistory.read(HERE, token).isOf("other")).isFalse();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CarriedHistory.read(new PairPlaces(8, LocationRole.PRIMARY), token))
			.withMessageContaining("another pair");
	}

	@Test
	void staysShortThoughManyWritesWereReplaced() {
		KeyHistory history = KeyHistory.EMPTY;
		for (int i = 0; i < 200; i += 2) {
			history = history.acknowledged(put(LocationRole.PRIMARY, "version-" + i, "eTag-" + i, i));
		}

		assertThat(CarriedHistory.write(HERE, 1, "key", history).value()).hasSizeLessThan(1000);
		assertThat(KeyHistory.EMPTY.told(carried(history, HERE)).superseded().contains("version-196")).isTrue();
	}

	private static CarriedHistory carried(KeyHistory history, PairPlaces there) {
		return CarriedHistory.read(there, CarriedHistory.write(HERE, 1, "key", history));
	}

	private static OwnWrite put(LocationRole at, @Nullable String version, String eTag, long second) {
		return new OwnWrite(Kind.PUT, at, ObjectIdentity.of(version, eTag), span(second));
	}

	private static Span span(long second) {
		return new Span(second * 1_000_000_000L, (second + 1) * 1_000_000_000L, null);
	}

}
