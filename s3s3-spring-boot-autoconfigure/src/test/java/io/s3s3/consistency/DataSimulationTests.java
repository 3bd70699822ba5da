package io.s3s3.consistency;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.s3s3.FailoverS3Client;
import io.s3s3.hedge.HedgeSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many runs of a client over two stores that replicate late, out of order and not at all,
 * that lose answers, and that execute writes which were given up. In each of them: what
 * the process was told is written is read, or an exception says that it cannot be; what
 * it deleted does not come back; and nothing is refused that a location could serve.
 */
class DataSimulationTests {

	private static final String SEED = "s3s3.simulation.data-seed";

	private static final String RUNS = "s3s3.simulation.data-runs";

	/** How many events a call has at most that is answered at once, and its result. */
	private static final int CALL = 6;

	private static final Logger logger = (Logger) LoggerFactory.getLogger("io.s3s3");

	@BeforeAll
	static void beQuiet() {
		logger.setLevel(Level.OFF);
	}

	@AfterAll
	static void speakAgain() {
		logger.setLevel(null);
	}

	@Test
	void findsStaleReadsWhenReadsAreServedAsTheyAre() {
		Set<Finding.Kind> found = EnumSet.noneOf(Finding.Kind.class);

		for (long seed = 0; seed < 60; seed++) {
			new DataSimulation(seed, DataSimulationTests::servedAsIs).run()
				.forEach((finding) -> found.add(finding.kind()));
		}

		assertThat(found).contains(Finding.Kind.STALE, Finding.Kind.RESURRECTED, Finding.Kind.MISSING,
				Finding.Kind.REPLACED);
	}

	@Test
	void readsWhatItWroteOrSaysThatItCannot() {
		seeds(100).forEach((seed) -> run(seed, DataSimulationTests::ownWrites, (history) -> true));
	}

	/**
	 * Each read whose answer could be proved is sent to the other location as well, and
	 * that answers first.
	 */
	@Test
	void letsNoOlderVersionWinWhereReadsAreHedged() {
		long won = LateAnswers.WON.get();

		seeds(40).forEach((seed) -> run(seed, DataSimulationTests::hedged, DataSimulationTests::endsWithWin));

		assertThat(LateAnswers.WON.get()).isGreaterThan(won);
		assertThat(LateAnswers.SECOND.get()).isGreaterThan(LateAnswers.WON.get());
	}

	/**
	 * These showed once that versions which are deleted, by this process or by others,
	 * were not understood.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 8243, 11280, 26120, 30295, 34898, 36444, 38468, 52935, 69743 })
	void understandsWhatIsLeftOfDeletedVersions(long seed) {
		run(seed, DataSimulationTests::ownWrites, (history) -> true);
	}

	@ParameterizedTest
	@ValueSource(longs = { 12787, 15136, 34555, 44723, 47727 })
	void understandsWhatIsLeftOfDeletedVersionsWhereReadsAreHedged(long seed) {
		run(seed, DataSimulationTests::hedged, (history) -> true);
	}

	private static LongStream seeds(long usual) {
		Long replayed = Long.getLong(SEED);
		return (replayed != null) ? LongStream.of(replayed) : LongStream.range(0, Long.getLong(RUNS, usual));
	}

	/**
	 * Return whether the answer that was found to be wrong is that of a second request.
	 */
	private static boolean endsWithWin(String history) {
		List<String> lines = history.lines().toList();
		return lines.subList(Math.max(0, lines.size() - CALL), lines.size())
			.stream()
			.anyMatch((line) -> line.endsWith(", won]"));
	}

	private static void run(long seed, Function<SimulatedPair, FailoverS3Client> clients, Predicate<String> matters) {
		DataSimulation simulation = new DataSimulation(seed, clients);
		for (Finding finding : simulation.run()) {
			if (!matters.test(simulation.history(finding))) {
				continue;
			}
			throw new AssertionError("%s %s: %s%n%s%nReplay this run with -D%s=%d".formatted(finding.kind(),
					finding.key(), finding.text(), simulation.history(finding), SEED, seed));
		}
	}

	static FailoverS3Client servedAsIs(SimulatedPair pair) {
		return builder(pair).consistency(ConsistencySettings.AS_SERVED).build();
	}

	static FailoverS3Client ownWrites(SimulatedPair pair) {
		return builder(pair).build();
	}

	private static FailoverS3Client hedged(SimulatedPair pair) {
		return builder(pair).hedge(new HedgeSettings(true, Duration.ofMillis(20), 100, 1000, 1)).build();
	}

	private static FailoverS3Client.Builder builder(SimulatedPair pair) {
		return FailoverS3Client.builder()
			.locations(pair.locations())
			.director(pair.health().director())
			.listener(pair.ending())
			.rounds(1, Duration.ZERO);
	}

}
