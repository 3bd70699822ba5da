package io.s3s3.health;

import java.util.function.Consumer;
import java.util.stream.LongStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of runs of the health core in simulated time. In each of them: no location
 * that is dead is tried first while the other one is well; calls come back to home within
 * the bound, and not before the hold-down; a forced route and a drained location are
 * respected; no event is lost, told twice or out of order; objects that a location does
 * not serve never take it out; closing tells nothing.
 */
class SimulationTests {

	private static final String SEED = "s3s3.simulation.seed";

	private static final long RUNS = 1500;

	private static final Logger logger = (Logger) LoggerFactory.getLogger(TrafficDirector.class);

	@BeforeAll
	static void beQuiet() {
		logger.setLevel(Level.OFF);
	}

	@AfterAll
	static void speakAgain() {
		logger.setLevel(null);
	}

	@Test
	void keepsItsPromisesWhateverTheLocationsDo() {
		run(RUNS, Simulation::runToTheEnd);
	}

	@Test
	void tellsNothingWhenItIsClosedWheneverThatIs() {
		run(RUNS / 5, Simulation::runAndClose);
	}

	private static void run(long runs, Consumer<Simulation> run) {
		Long replayed = Long.getLong(SEED);
		LongStream seeds = (replayed != null) ? LongStream.of(replayed) : LongStream.range(0, runs);
		seeds.forEach((seed) -> {
			Simulation simulation = new Simulation(seed);
			try {
				run.accept(simulation);
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("%s%nReplay this run with -D%s=%d".formatted(simulation.history(), SEED, seed),
						ex);
			}
		});
	}

}
