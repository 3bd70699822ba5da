package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.s3s3.health.CircuitSettings;
import io.s3s3.health.FailbackSettings;
import io.s3s3.health.HeadBucketProbe;
import io.s3s3.health.HeadObjectProbe;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.ProbeSettings;
import io.s3s3.health.PutObjectProbe;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Makes settings of properties, and refuses those that can't work with an error that
 * names the property.
 */
final class HealthSettingsMapper {

	/** Nanoseconds are counted in a long. */
	private static final Duration LONGEST = Duration.ofDays(365);

	/** The window is kept in memory. */
	private static final int MAX_WINDOW = 1_000_000;

	private static final int MAX_PROBES = 1000;

	private HealthSettingsMapper() {
	}

	static HealthSettings settings(S3s3Properties properties) {
		return new HealthSettings(circuit(properties.circuit()), probe(properties.probe()),
				failback(properties.failback()));
	}

	static HealthProbe healthProbe(ProbeProperties properties) {
		requirePositive("probe.timeout", properties.timeout());
		return switch (properties.type()) {
			case HEAD_BUCKET -> new HeadBucketProbe(properties.timeout());
			case HEAD_OBJECT -> new HeadObjectProbe(requireKey(properties), properties.timeout());
			case PUT_OBJECT -> new PutObjectProbe(requireKey(properties), properties.timeout());
		};
	}

	private static CircuitSettings circuit(CircuitProperties circuit) {
		requireAtLeastOne("circuit.consecutive-failures", circuit.consecutiveFailures());
		requireNotNegative("circuit.without-success", circuit.withoutSuccess());
		requirePercentage("circuit.failure-rate", circuit.failureRate());
		requireAtLeastOne("circuit.window-size", circuit.windowSize());
		require(circuit.windowSize() <= MAX_WINDOW, "circuit.window-size", circuit.windowSize(),
				"It must be at most " + MAX_WINDOW + ".");
		requireAtLeastOne("circuit.minimum-calls", circuit.minimumCalls());
		require(circuit.minimumCalls() <= circuit.windowSize(), "circuit.minimum-calls", circuit.minimumCalls(),
				"It must be at most s3s3.circuit.window-size, which is " + circuit.windowSize() + ".");
		requireAtLeastOne("circuit.consecutive-throttles", circuit.consecutiveThrottles());
		requirePositive("circuit.slow-call", circuit.slowCall());
		requirePercentage("circuit.slow-call-rate", circuit.slowCallRate());
		return new CircuitSettings(circuit.consecutiveFailures(), circuit.withoutSuccess(), circuit.failureRate(),
				circuit.windowSize(), circuit.minimumCalls(), circuit.consecutiveThrottles(), circuit.slowCall(),
				circuit.slowCallRate());
	}

	private static ProbeSettings probe(ProbeProperties probe) {
		requirePositive("probe.interval", probe.interval());
		require(probe.of() <= MAX_PROBES, "probe.of", probe.of(), "It must be at most " + MAX_PROBES + ".");
		requireAtLeastOne("probe.required", probe.required());
		require(probe.required() <= probe.of(), "probe.required", probe.required(),
				"It must be at most s3s3.probe.of, which is " + probe.of() + ".");
		return new ProbeSettings(probe.enabled(), probe.interval(), probe.required(), probe.of(), probe.standby());
	}

	private static FailbackSettings failback(FailbackProperties failback) {
		requireNotNegative("failback.hold-down", failback.holdDown());
		require(failback.maxHoldDown().compareTo(failback.holdDown()) >= 0, "failback.max-hold-down",
				failback.maxHoldDown(),
				"It must be at least s3s3.failback.hold-down, which is " + failback.holdDown() + ".");
		requireNotNegative("failback.max-hold-down", failback.maxHoldDown());
		requirePositive("failback.calm-period", failback.calmPeriod());
		List<Integer> ramp = (failback.ramp() != null) ? failback.ramp() : FailbackSettings.DEFAULTS.ramp();
		int last = 0;
		for (int percent : ramp) {
			require(percent > last && percent <= 100, "failback.ramp", ramp,
					"It must be percentages from 1 to 100, each more than the one before.");
			last = percent;
		}
		requireNotNegative("failback.ramp-step", failback.rampStep());
		require(failback.jitter() >= 0 && failback.jitter() <= 1, "failback.jitter", failback.jitter(),
				"It must be from 0 to 1.");
		return new FailbackSettings(failback.policy(), failback.holdDown(), failback.maxHoldDown(),
				failback.calmPeriod(), ramp, failback.rampStep(), failback.jitter());
	}

	private static String requireKey(ProbeProperties probe) {
		String key = probe.key();
		if (key == null || !StringUtils.hasText(key)) {
			throw new InvalidConfigurationPropertyValueException(S3s3Properties.PREFIX + ".probe.key", key,
					"It must be set where s3s3.probe.type is not 'head-bucket'.");
		}
		return key;
	}

	private static void requireAtLeastOne(String name, int value) {
		require(value >= 1, name, value, "It must be at least 1.");
	}

	private static void requirePercentage(String name, float value) {
		require(value > 0 && value <= 100, name, value, "It must be more than 0 and at most 100.");
	}

	private static void requirePositive(String name, @Nullable Duration value) {
		require(value == null || value.compareTo(Duration.ZERO) > 0, name, value, "It must be more than zero.");
		requireAtMostLongest(name, value);
	}

	private static void requireNotNegative(String name, Duration value) {
		require(!value.isNegative(), name, value, "It must not be negative.");
		requireAtMostLongest(name, value);
	}

	private static void requireAtMostLongest(String name, @Nullable Duration value) {
		require(value == null || value.compareTo(LONGEST) <= 0, name, value, "It must be at most 365d.");
	}

	private static void require(boolean condition, String name, @Nullable Object value, String rule) {
		if (!condition) {
			throw new InvalidConfigurationPropertyValueException(S3s3Properties.PREFIX + "." + name, value, rule);
		}
	}

}
