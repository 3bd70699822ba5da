package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.s3s3.FailoverS3Client;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.ProbeScheduler;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocationHealthConfiguration}.
 */
class LocationHealthConfigurationTests {

	private final ApplicationContextRunner pair = Contexts.bare()
		.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west",
				"s3s3.secondary.region=us-west-2")
		.withBean(HealthProbe.class, () -> (location) -> ProbeResult.SUCCESS);

	@Test
	void hasTheDefaultsOfTheCore() {
		this.pair.run((context) -> assertThat(HealthSettingsMapper.settings(context.getBean(S3s3Properties.class)))
			.isEqualTo(HealthSettings.DEFAULTS));
	}

	@Test
	void probesInTheBackgroundWithTheProbeOfTheApplication() {
		this.pair.run((context) -> {
			assertThat(context).hasSingleBean(TrafficDirector.class);
			assertThat(context).hasSingleBean(HealthProbe.class);
			assertThat(context.getBean(ProbeScheduler.class).isRunning()).isTrue();
			assertThat(context.getBean(FailoverControl.class).probeNow(LocationRole.PRIMARY).result())
				.isEqualTo(ProbeResult.SUCCESS);
		});
	}

	@Test
	void doesNotProbeInTheBackgroundWhenToldNotTo() {
		this.pair.withPropertyValues("s3s3.probe.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(ProbeScheduler.class);
			assertThat(context).hasSingleBean(FailoverControl.class);
		});
	}

	@Test
	void takesTheDirectorOfTheApplication() {
		TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());
		this.pair.withBean(TrafficDirector.class, () -> director).run((context) -> {
			context.getBean(FailoverControl.class).force(LocationRole.SECONDARY);

			assertThat(director.home()).isEqualTo(LocationRole.SECONDARY);
			assertThat(context.getBean(FailoverS3Client.class).home().role()).isEqualTo(LocationRole.SECONDARY);
		});
	}

	@Test
	void mapsAllProperties() {
		this.pair.withPropertyValues("s3s3.circuit.consecutive-failures=4", "s3s3.circuit.without-success=5ms",
				"s3s3.circuit.failure-rate=60", "s3s3.circuit.window-size=70", "s3s3.circuit.minimum-calls=8",
				"s3s3.circuit.consecutive-throttles=9", "s3s3.circuit.slow-call=10s", "s3s3.circuit.slow-call-rate=11",
				"s3s3.circuit.slowed-by=21ms", "s3s3.probe.interval=12s", "s3s3.probe.required=13", "s3s3.probe.of=14",
				"s3s3.probe.standby=true", "s3s3.failback.policy=manual", "s3s3.failback.hold-down=15s",
				"s3s3.failback.max-hold-down=16s", "s3s3.failback.calm-period=17s", "s3s3.failback.ramp=18,19",
				"s3s3.failback.ramp-step=20s", "s3s3.failback.jitter=0.5")
			.run((context) -> assertThat(HealthSettingsMapper.settings(context.getBean(S3s3Properties.class)))
				.isEqualTo(HealthSettings.builder()
					.consecutiveFailures(4)
					.withoutSuccess(Duration.ofMillis(5))
					.failureRate(60)
					.window(70, 8)
					.consecutiveThrottles(9)
					.slowCalls(Duration.ofSeconds(10), 11)
					.slowedBy(Duration.ofMillis(21))
					.probeInterval(Duration.ofSeconds(12))
					.requiredProbes(13, 14)
					.standbyProbed(true)
					.automaticFailback(false)
					.holdDown(Duration.ofSeconds(15), Duration.ofSeconds(16), Duration.ofSeconds(17))
					.ramp(List.of(18, 19))
					.rampStep(Duration.ofSeconds(20))
					.jitter(0.5)
					.build()));
	}

	@Test
	void mayHaveNoRamp() {
		this.pair.withPropertyValues("s3s3.failback.ramp=")
			.run((context) -> assertThat(HealthSettingsMapper.settings(context.getBean(S3s3Properties.class)))
				.isEqualTo(HealthSettings.builder().ramp(List.of()).build()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					s3s3.circuit.consecutive-failures=0 | circuit.consecutive-failures | at least 1
					s3s3.circuit.without-success=-1s    | circuit.without-success | not be negative
					s3s3.circuit.slowed-by=-1ms         | circuit.slowed-by | not be negative
					s3s3.circuit.failure-rate=0         | circuit.failure-rate | more than 0 and at most 100
					s3s3.circuit.failure-rate=101       | circuit.failure-rate | more than 0 and at most 100
					s3s3.circuit.window-size=0          | circuit.window-size | at least 1
					s3s3.circuit.minimum-calls=101      | circuit.minimum-calls | at most s3s3.circuit.window-size, which is 100
					s3s3.circuit.consecutive-throttles=0 | circuit.consecutive-throttles | at least 1
					s3s3.circuit.window-size=1000001    | circuit.window-size | at most 1000000
					s3s3.circuit.slow-call=0s           | circuit.slow-call | more than zero
					s3s3.circuit.slow-call=366d         | circuit.slow-call | at most 365d
					s3s3.failback.max-hold-down=366d    | failback.max-hold-down | at most 365d
					s3s3.circuit.slow-call-rate=0       | circuit.slow-call-rate | more than 0 and at most 100
					s3s3.probe.interval=0s              | probe.interval | more than zero
					s3s3.probe.required=4               | probe.required | at most s3s3.probe.of, which is 3
					s3s3.probe.of=1001                  | probe.of | at most 1000
					s3s3.failback.hold-down=-1s         | failback.hold-down | not be negative
					s3s3.failback.max-hold-down=1s      | failback.max-hold-down | at least s3s3.failback.hold-down, which is PT30S
					s3s3.failback.calm-period=0s        | failback.calm-period | more than zero
					s3s3.failback.ramp=10,10            | failback.ramp | each more than the one before
					s3s3.failback.ramp=101              | failback.ramp | from 1 to 100
					s3s3.failback.ramp-step=-1s         | failback.ramp-step | not be negative
					s3s3.failback.jitter=1.1            | failback.jitter | from 0 to 1
					""")
	void refusesWhatCannotWork(String property, String name, String rule) {
		this.pair.withPropertyValues(property.trim())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("s3s3." + name);
					assertThat(ex.getReason()).contains(rule);
				}));
	}

	@ParameterizedTest
	@CsvSource({ "s3s3.probe.type=head-object, probe.key", "s3s3.probe.type=put-object, probe.key",
			"s3s3.probe.timeout=0s, probe.timeout" })
	void refusesAProbeThatCannotWork(String property, String name) {
		Contexts.bare()
			.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1",
					"s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2", property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("s3s3." + name)));
	}

}
