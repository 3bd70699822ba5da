package io.s3s3.location;

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
 * respected; no event is lost, told twice or out of order.
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
		Long replayed = Long.getLong(SEED);
		LongStream seeds = (replayed != null) ? LongStream.of(replayed) : LongStream.range(0, RUNS);
		seeds.forEach((seed) -> {
			Simulation simulation = new Simulation(seed);
			try {
				simulation.run();
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("%s%nReplay this run with -D%s=%d".formatted(simulation.history(), SEED, seed),
						ex);
			}
		});
	}

}
