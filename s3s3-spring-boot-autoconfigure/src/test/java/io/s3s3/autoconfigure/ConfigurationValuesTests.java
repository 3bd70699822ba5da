package io.s3s3.autoconfigure;

import java.net.URI;
import java.util.List;

import io.s3s3.FailoverS3Template;
import io.s3s3.testkit.Contexts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a property is set to, the application starts, or fails with an error that
 * names the property.
 */
class ConfigurationValuesTests {

	private static final List<String> DURATIONS = List.of("s3s3.primary.connect-timeout", "s3s3.primary.read-timeout",
			"s3s3.primary.last-read-timeout", "s3s3.secondary.long-read-timeout", "s3s3.secondary.write-timeout",
			"s3s3.primary.minimum-rate-period", "s3s3.failover.back-off", "s3s3.failover.call-timeout",
			"s3s3.circuit.without-success", "s3s3.circuit.slow-call", "s3s3.circuit.slowed-by", "s3s3.probe.interval",
			"s3s3.probe.timeout", "s3s3.failback.hold-down", "s3s3.failback.max-hold-down", "s3s3.failback.calm-period",
			"s3s3.failback.ramp-step", "s3s3.consistency.horizon", "s3s3.failback.max-hold");

	private static final List<String> NUMBERS = List.of("s3s3.primary.max-connections", "s3s3.failover.max-rounds",
			"s3s3.primary.minimum-rate", "s3s3.transfer.memory-limit", "s3s3.transfer.spool-limit",
			"s3s3.transfer.multipart-threshold", "s3s3.transfer.part-size", "s3s3.transfer.part-concurrency",
			"s3s3.circuit.consecutive-failures", "s3s3.circuit.failure-rate", "s3s3.circuit.window-size",
			"s3s3.circuit.minimum-calls", "s3s3.circuit.consecutive-throttles", "s3s3.circuit.slow-call-rate",
			"s3s3.probe.required", "s3s3.probe.of", "s3s3.failback.ramp", "s3s3.failback.jitter");

	private static final List<String> SWITCHES = List.of("s3s3.primary.path-style", "s3s3.failover.on-access-denied",
			"s3s3.failover.conditional-writes", "s3s3.primary.checksum-calculation", "s3s3.events");

	@Property(tries = 60)
	void aDurationWorksOrIsNamed(@ForAll("durations") String name, @ForAll("numbers") String number,
			@ForAll("units") String unit) {
		check(name, number + unit);
	}

	@Property(tries = 40)
	void aNumberWorksOrIsNamed(@ForAll("numberNames") String name, @ForAll("numbers") String number) {
		check(name, number);
	}

	@Property(tries = 25)
	void aSwitchWorksOrIsNamed(@ForAll("switches") String name, @ForAll("words") String word) {
		check(name, word);
	}

	@Property(tries = 40)
	void anEndpointWorksOrIsNamed(@ForAll("endpoints") String endpoint) {
		check("s3s3.primary.endpoint", endpoint);
	}

	private static void check(String name, String value) {
		Contexts.pair(URI.create("http://127.0.0.1:9"), "east", URI.create("http://127.0.0.1:10"), "west")
			.withPropertyValues(name + "=" + value)
			.run((context) -> {
				if (context.getStartupFailure() == null) {
					assertThat(context).hasSingleBean(FailoverS3Template.class);
				}
				else {
					assertThat(messagesOf(context.getStartupFailure())).contains(name);
				}
			});
	}

	private static String messagesOf(Throwable error) {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			messages.append(cause.getMessage()).append('\n');
		}
		return messages.toString();
	}

	@Provide
	Arbitrary<String> durations() {
		return Arbitraries.of(DURATIONS);
	}

	@Provide
	Arbitrary<String> numberNames() {
		return Arbitraries.of(NUMBERS);
	}

	@Provide
	Arbitrary<String> switches() {
		return Arbitraries.of(SWITCHES);
	}

	@Provide
	Arbitrary<String> units() {
		return Arbitraries.of("", "ns", "us", "ms", "s", "m", "h", "d", "x");
	}

	@Provide
	Arbitrary<String> numbers() {
		return Arbitraries.oneOf(Arbitraries.integers().map(String::valueOf), Arbitraries.longs().map(String::valueOf),
				Arbitraries.of("0", "1", "-1", "-0", "", "1.5", "ten", "2147483647", "-2147483648",
						"9223372036854775807"));
	}

	@Provide
	Arbitrary<String> words() {
		return Arbitraries.oneOf(Arbitraries.of("true", "false", "on", "yes", "when-required", "all", ""),
				Arbitraries.strings().alpha().ofMaxLength(12));
	}

	@Provide
	Arbitrary<String> endpoints() {
		return Arbitraries.oneOf(
				Arbitraries.of("http://127.0.0.1:9000", "https://s3.example.com", "127.0.0.1:9000", "s3.example.com",
						"/path", "ftp://x", "http://", "http:///bucket", "https://user:secret@host", "http://[::1]:80",
						"http://host:99999", "file:/tmp/x", "mailto:a@b", ""),
				Arbitraries.strings().withChars("htps:/.@[]-_%? ").alpha().ofMaxLength(20));
	}

}
