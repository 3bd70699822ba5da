package io.s3s3.autoconfigure;

import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.internal.setting.Setting;

import org.springframework.util.StringUtils;

/**
 * Maps properties to settings. Invalid values are refused with an error that names the
 * property.
 */
abstract class HealthSettingsMapper {

	static HealthSettings settings(S3s3Properties properties) {
		HealthSettings.Builder settings = HealthSettings.builder();
		map(properties.circuit(), settings);
		map(properties.probe(), settings);
		map(properties.failback(), settings);
		return InvalidProperties.named(settings::build);
	}

	private static void map(CircuitProperties circuit, HealthSettings.Builder settings) {
		settings.consecutiveFailures(circuit.consecutiveFailures())
			.withoutSuccess(circuit.withoutSuccess())
			.consecutiveThrottles(circuit.consecutiveThrottles())
			.window(circuit.windowSize(), circuit.minimumCalls())
			.failureRate(circuit.failureRate())
			.slowCalls(circuit.slowCall(), circuit.slowCallRate())
			.slowedBy(circuit.slowedBy());
	}

	private static void map(ProbeProperties probe, HealthSettings.Builder settings) {
		settings.probeInterval(probe.interval())
			.requiredProbes(probe.required(), probe.of())
			.standbyProbed(probe.standby());
	}

	private static void map(FailbackProperties failback, HealthSettings.Builder settings) {
		settings.automaticFailback(failback.policy() == FailbackProperties.Policy.AUTOMATIC)
			.holdDown(failback.holdDown(), failback.maxHoldDown(), failback.calmPeriod())
			.rampStep(failback.rampStep())
			.jitter(failback.jitter());
		if (failback.ramp() != null) {
			settings.ramp(failback.ramp());
		}
	}

	static HealthProbe healthProbe(ProbeProperties probe) {
		InvalidProperties.named(() -> Setting.of("s3s3.probe.timeout", probe.timeout()).positive());
		return switch (probe.type()) {
			case HEAD_BUCKET -> HealthProbe.headBucket(probe.timeout());
			case HEAD_OBJECT -> HealthProbe.headObject(requireKey(probe), probe.timeout());
			case PUT_OBJECT -> HealthProbe.putObject(requireKey(probe), probe.timeout());
		};
	}

	@SuppressWarnings("NullAway") // checked to have text
	private static String requireKey(ProbeProperties probe) {
		InvalidProperties.named(() -> Setting.of("s3s3.probe.key", probe.key())
			.require(StringUtils.hasText(probe.key()), "It must be set where s3s3.probe.type is not 'head-bucket'."));
		return probe.key();
	}

}
