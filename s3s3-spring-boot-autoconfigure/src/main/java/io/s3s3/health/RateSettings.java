package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the last calls takes a location out. Immutable.
 *
 * @param windowSize how many calls are the last
 * @param minimumCalls how many of them there must be
 * @param failureRate which part of them fails, in percent
 * @param slowCall how long a call takes to be slow, or {@code null} if none is
 * @param slowCallRate which part of them is slow, in percent
 */
record RateSettings(int windowSize, int minimumCalls, float failureRate, @Nullable Duration slowCall,
		float slowCallRate) {

	/** The window is kept in memory. */
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
