package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The rates of the last calls that take a location out. Immutable.
 *
 * @param windowSize how many of the last calls to consider
 * @param minimumCalls how many calls there must be for a rate to count
 * @param failureRate the percentage of calls that fail
 * @param slowCall the duration from which on a call is slow, or {@code null} if none is
 * @param slowCallRate the percentage of calls that are slow
 */
record RateSettings(int windowSize, int minimumCalls, float failureRate, @Nullable Duration slowCall,
		float slowCallRate) {

	/** Bounded because the window is kept in memory. */
	private static final int MAX_WINDOW = 1_000_000;

	RateSettings {
		Setting.of("s3s3.circuit.window-size", windowSize).atLeast(1).atMost(MAX_WINDOW);
		Setting.of("s3s3.circuit.minimum-calls", minimumCalls)
			.atLeast(1)
			.require(minimumCalls <= windowSize,
					"It must be at most s3s3.circuit.window-size, which is " + windowSize + ".");
		Setting.of("s3s3.circuit.failure-rate", failureRate).percentage();
		Setting.of("s3s3.circuit.slow-call", slowCall).positive();
		Setting.of("s3s3.circuit.slow-call-rate", slowCallRate).percentage();
	}

}
